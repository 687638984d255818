package main

import _ "google.golang.org/genai"

func main() {}
