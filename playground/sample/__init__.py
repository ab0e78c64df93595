"""Sample data: the real units of Thanh Hóa."""
