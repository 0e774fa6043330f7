"""Names of places the reader needs: towns that mean a parcel service, and the words addresses are made of."""

from typing import Final

# Town, then how else it is written. Bandung is also a district of Tulungagung, so on its own it proves nothing.
_TOWNS: Final = """
Surabaya sby surabaya suroboyo
Malang malang mlg
Jakarta jakarta jkt
Yogyakarta yogyakarta jogja jogjakarta yogya
Semarang semarang smg
Solo solo surakarta
Sidoarjo sidoarjo sda
Gresik gresik
Mojokerto mojokerto
Jember jember
Banyuwangi banyuwangi
Pasuruan pasuruan
Probolinggo probolinggo
Batu kota_batu
Bekasi bekasi
Bogor bogor
Depok depok
Tangerang tangerang
Denpasar denpasar bali
Balikpapan balikpapan
Samarinda samarinda
Makassar makassar
Medan medan
Palembang palembang
Lampung lampung
Batam batam
Magelang magelang
Klaten klaten
Lamongan lamongan
Tuban tuban
Bojonegoro bojonegoro
"""
TOWNS: Final = {spelling: line.split()[0] for line in _TOWNS.strip().splitlines() for spelling in line.split()[1:]}

STREETS: Final = "jl|jln|jalan|gg|gang|perum|perumahan|komplek|kompleks"
VILLAGES: Final = "ds|desa|kel|kelurahan|dsn|dusun|dukuh|dk|rt"
NUMBERED: Final = (
    r"(?:no|nomor|nomer|antrian|antri|antrean|urut|urutan|absen|shift|sesi|gelombang|blok|kav|gang|gg|km|lantai|lt|kelas|kls|sdn|sd|smp|smpn|sma|sman|smk|smkn|min|mtsn|man|tk|rt|rw"
    r"|kode|pos|meja|ke|jl|jln|jalan|gate|nota|invoice|umur|usia|rek|rekening|norek|plat|ag|tahun|versi|bpk)"
)
"""Words after which a number names a place, a rank or an account, not a quantity."""
