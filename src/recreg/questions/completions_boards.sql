SELECT board.name
FROM board
ORDER BY board.name
