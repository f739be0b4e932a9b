SELECT rag_key.colour, rag_key.words
FROM rag_key
ORDER BY rag_key.id
