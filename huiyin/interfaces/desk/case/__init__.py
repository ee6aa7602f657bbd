"""The case page, its steps, its prints (事项页): what turns a read-model into what a person sees."""
