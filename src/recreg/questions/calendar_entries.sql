SELECT changeset.number, changeset.at
FROM changeset
WHERE :numbers IS NULL OR changeset.number IN (SELECT each_numbers.value
FROM json_each(:numbers) AS each_numbers)
