"""The steps. One once released is never changed."""
