"""Reading together: numbers and voices side by side, what people make of both, who agreed to it and when."""
