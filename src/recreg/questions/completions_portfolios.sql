SELECT portfolio.name
FROM portfolio
ORDER BY portfolio.name
