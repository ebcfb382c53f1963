//! News, study documents, good models.
