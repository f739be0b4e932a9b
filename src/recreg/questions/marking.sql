SELECT setting.value
FROM setting
WHERE setting.name = 'marking'
