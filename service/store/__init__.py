"""The write side: tables, engine and writer. Extractions become rows; entities are resolved over all of them."""
