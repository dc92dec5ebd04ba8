"""What is drawn for women, compiled: their draws, homes and ends of pregnancy, and normal quantiles."""
