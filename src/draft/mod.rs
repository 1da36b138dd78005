//! What people receive: texts and the MIME bytes of a mail.
