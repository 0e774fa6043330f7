"""Words people write to a shop, each with the one spelling the grammar knows.

Indonesian, Javanese (ngoko and krama), chat slang and common slips. A line is one meaning: the canonical word, then its
other spellings. A word with two meanings ("kalih", "minggu", "tak", "pak") keeps its own name; the grammar decides.
"""

from typing import Final

from .text import words

_GENERAL: Final = """
pesan psn pesen mesen pesenin pesankan pesenke order ordr odr orderan memesan pemesanan
pesanan pesenan psnan pesananku pesenanku orderanku
mau mo maw arep ajeng badhe bade kersa pengen pingin pgn ingin kepengin pengin
butuh btuh perlu perlune mbutuhne butuhe
minta mnta nyuwun nyuwon suwun njaluk
beli bli tumbas tuku membeli belikan nempil nempur
ambil ngambil pengambilan ngambilnya ambl mbil njupuk jupuk jupok jikuk njikuk pendhet jipuk njipuk pek mek amil
ambil mendhet pendet mendet methuk mengambil parani marani ambilin pickup
diambil dipunpendhet dipunpundhut dipunpundut dipunambil dipunjupuk dijupuk dijikuk
diambil dipendhet dipendet dipundhut dipundut dijemput diambl diambilin
diambil diparani dijipuk dijpt dijmput diamil dipek dipendete
mundhut pundhut mundut pundut
jemput njemput
mampir mmpir mriku mriko mrono mrana mrene
antar pengantaran anter ater ngater ngeter nganter antarkan anterin anterkan antarin terke eterke ngantar anterne
diantar dipunteraken dipunaterke dipunterke dipunantar dianter diater diterke
diantar bawain bawakan bawakno gawakno gawakke diantr diterne
diantar dieterke dianterin diantarkan dianterke dianterne diantrin dianterkan
kirim pengiriman krm kirimkan kirimin ngirim kirimi krim kirimke kirimno kintun
dikirim dipunkirim dipunkintun dikrm dikirimi dikirimin dikirimkan dikirimke dikintun
taruh ditaruh ditinggal naruh
titip nitip titp nitipin dititipi
dititip dititipkan dititipke
bayar byr mbayar bayare dibayar bayarnya pembayaran
tambah nambah tmbh tambahin tambahi tambahkan ditambah
tambah ditambahi imbuh nambahi ditambahin tambahan tambahno ditambahkan nambahin
kurangi dikurangi kurangin dikurangin ngurangi kurangno dikurangke mengurangi
kurang krg krang kirang
ganti diganti gantiin gantos digantos tukar ditukar tuker ijol diijoli ditukarkan ganteni diganteni gantinen mengganti
ubah dirubah diubah rubah ngubah mengubah revisi direvisi
batal dibatalkan batalkan batalin cancel cancle kensel
batal gajadi gakjadi ngakjadi gasido gaksido rasido gajd dicancel
batal btl dibatalne dibatalaken mbatalne membatalkan dibatalin batalno
tetap tetep ttp
undur diundur mundur dimundurin dimundurno dimundurne diundurin diundurkan
undur pundur dimundurkan mundurin diunduraken ditunda tunda
maju dimajukan majuin dimajuin dimajukno dimajukke majukan
jadi sios siyos sestu jadiin jadikan dijadikan dadekne dadekno dadikno didadekne
jadi dijadiin jd jadine jdi dadi sido sida saestu jadinya
kalau kalo klo kl klau klu nek lek yen menawi menawa kalok nk
misal misalnya misale misalkan seandainya umpama upama
ada ono ana wonten enten
masih msh isih taksih
bisa iso isa saged saget bs bsa
ready redi rdy
sempat keburu keburuan
berapa brp brapa piro pira pinten brpa brp2 brapaan
harga hrg rego regi regane reginipun hargane harganya regone
tidak ga gak gk g nggak enggak ngga gag gaa tdk ndak nda ora mboten boten engga kagak ndhak
belum blm durung dereng
jangan jgn ojo
sudah udah udh sdh dah wis wes sampun mpun uwis
dan dn kaliyan lan
sama sm karo
kalih kaleh
sami
untuk utk buat bwt bt bwat wat untk unt kanggone kangge kanggo nggo kagem ngge gawe damel
semua smua semuanya kabeh sedaya sedoyo smuanya semuane kabehe
masing masing2 msg2 msg masing
sisanya sisane liyane turahane selebihnya sisanipun
sisa turah
paroan separo2 setengah2 separuh2 sparo2 sepalih2
separo separuh sparo sepalih separohnya separohe
setengah stengah stgh
yang yg sing ingkang seng
itu niku iku kuwi
ini iki niki nih
lagi lg maneh meneh malih engkas neh
depan dpn ngarep ngajeng
lalu kepungkur kapengker
nanti nti ntr ntar ngko mengko engko mangke mengke mangkih mangkeh ngke
sekarang skrg skr skrang saiki saniki sakniki sekrang samenika saikine now
besok bsk bsok besuk sesuk mbenjang benjang mbenjing benjing suk bsuk sesok besuke mbesuk bsokk esok
lusa emben
kemarin kmrn kmaren wingi kolowingi kalawingi kemaren kmarin kemren kmrin
tadi td tdi wau
hari hr dino dina dinten
bulan bln sasi wulan
minggu mggu mgg mnggu
pekan
tahun thn taun
tanggal tgl tggl tangal tggal tglnya
jam jm pukul pkl
menit mnt
malam malem mlm mlem bengi dalu ndalu wengi mbengi
pagi pgi pg esuk isuk enjing enjang injing ejing
siang siyang awan
sore sonten sorean sori
subuh shubuh
dhuhur zuhur dzuhur dhuhr lohor duhur luhur zhuhur dluhur
ashar asar ashr asyar
maghrib magrib maghrb mahgrib
isya isak isyak isyaan
jumatan jumuahan
bakda bada bakdo bubar sakwise sawise bibar sesampune sakbare bar
habis ludes hbs abis telas entek
sebelum sblm sebelom sakdurunge sadurunge sakderenge sebelumnya
sampai smpe sampe sampek nyampe tekan dugi
paling plg pling
sekitar sktr skitar skitaran sekitaran kisaran watara wetara antawis kurleb kurlebih
seperti sprti kayak kaya kyk spt sprti koyo koyok kados kadya kek
biasa biasanya biasane biasanipun bias
saya sy aku ak kulo kula dalem gw gue aq sya
kita kami kito
anak ank yogane lare
tolong tlg tulung tolongin
ya y yo yaa nggih inggih njih nggeh enggih iyo iya iyaa
oke ok okay okey siap deal setuju
makasih trims terimakasih suwun matursuwun nuwun tq thx thanks trimakasih
maaf mf ngapunten ngapura
ke k nang neng ning dateng dhateng teng ten menyang
di d
rumah rmh omah omahe griya umah
alamat almt alamate
nama nm asma
penerima pnerima
transfer tf trf trsf tranfer transf tfan tfr
tunai cash kontan kes
tempo bon ngebon utang ngutang hutang kasbon ngutangi
setor nyetor setoran
lunas pelunasan
panjer dp downpayment
ongkir ongkos ongkirnya
stok stock stk
diskon discount potongan korting
cukup ckp cekap
rasa rs rasane
isi isian is isinipun
per
satuan eceran ecer
beberapa bbrp pirang2 sebagian sedikit secukupnya
kurir courier
gosend gojek gocar grab grabexpress ojek ojol maxim lalamove gojeg
travel trevel
bus bis
ekspedisi expedisi
jne jnt sicepat anteraja tiki wahana paxel spx ninja lion jntcargo
cod
toko warung kios wrung
keras atos kaku alot
basi tengik mambu kecut apek asem bau
jamur berjamur jamuren bulukan njamur
hancur remuk ajur ancur hancur2 pecah
penyok gepeng peyok rusak
gosong hangus kobong
rambut benang kerikil semut serangga
laku kejual terjual payu kepayon pajeng
titipan konsinyasi
kembalian kembaliannya kembaliane jujul susuke
retur kembali balik return dikembalikan retu
restok restock kulak kulakan
reseller resel reseler agen
kok
tapi tp tpi nanging ananging namung tapine
dibungkus dibungkusi diplastik dipack dikemas dibungkusne
dibagi dipisah
datang dateng rawuh teko teka
dapat dapet dpt
muka mukane
acara acarane
total jumlah
menyusul nyusul
siapkan siapin siapno siapke disiapkan disiapin cawisno cawiske
sekalian sisan skalian sekaliyan
sebentar bentar sedela sekedap
"""

_DAYS: Final = """
D:0 senin senen snin snen
D:1 selasa slasa seloso sls selosa
D:2 rabu rebo rbu rbo rabo
D:3 kamis kemis kms
D:4 jumat jmat jumt jumuah jemuah jemuwah jmt jumaat jemuwwah jmuah jumuwah
D:5 sabtu sabt stu setu sbtu sbt saptu sebtu
D:6 ahad ngahad ngad
"""

_MONTHS: Final = """
M:1 januari jan
M:2 februari feb pebruari peb febuari
M:3 maret mar
M:4 april apr
M:5 mei
M:6 juni jun
M:7 juli jul
M:8 agustus agu agt agus ags aug
M:9 september sep sept
M:10 oktober okt oct
M:11 november nov nop nopember
M:12 desember des dec
"""

_UNITS: Final = """
U:kotak kotak ktk kotk ktak kothak kotakan
U:dus dus dos doos dos2 duss
U:box box bok boks bx boxs
U:bungkus bungkus bks bgks bngks bungkusan
U:biji biji bj bji pcs pc pieces butir buah iji wiji
U:pak pack pk pax pek
U:besek besek
U:toples toples tples stoples
U:mika mika
U:kg kg kilo kilogram
U:loyang loyang
U:kardus kardus krdus
U:renteng renteng
U:paket paket pkt
U:plastik plastik
U:porsi porsi
U:keranjang keranjang
"""

UNITS: Final = tuple(line.split()[0].removeprefix("U:") for line in _UNITS.strip().splitlines())
BOXES: Final = frozenset({"kotak", "dus", "box", "bungkus", "pak", "besek", "kardus", "paket", "mika", "plastik"})
"""Units that hold several pieces, so that "isi berapa" is a fair question."""

# "mar", "jun", "mei", "des" are months only beside a number; on their own they stay words.
HONORIFICS: Final = words(
    """
    bu ibu buk bune pak bapak mbak mba mb mas kak kk kakak dik dek adik bude budhe pakde bulik lik mbah yu cak
    ning gus haji hj kyai ustadz ustadzah bunda bund sis gan koh ci cik om tante umi abah mak nyai
    """
)


def _table(block: str) -> dict[str, str]:
    """Spelling to canonical word. The first word of a line stands for itself unless it is a typed symbol."""
    found: dict[str, str] = {}
    for line in block.strip().splitlines():
        canonical, *spellings = line.split()
        for spelling in [canonical, *spellings]:
            found.setdefault(spelling, canonical)
    return found


SPELLINGS: Final = {**_table(_GENERAL), **_table(_DAYS), **_table(_UNITS)}
MONTHS: Final = _table(_MONTHS)

# Everyday words that lie one slip away from a word above and must not be "corrected".
REAL_WORDS: Final = words(
    """
    kami kamus kumis kamu kalian kotor kota kopi koran korek rabi rabun sabut sabar sabuk senang setia setuju
    jumpa jumlah ambing ambal antara antri antrian kiri kirim2 bungsu bunga nanti nasi panas nanas tanah bebek
    bekas pagar sakit sikat siapa sana sini situ saja semoga selamat selama salam malas malang musim maksud
    masuk mantan mantap durenan duri dusun dulu dekat desa kasih kalah kepala kelas keluarga kerja kertas kunci
    tangan teman tempat tamu tante tembok tambak bulak buka buku bukan bukti baru bari batu bata beras berkah
    coba cocok cukur enak emas empuk gedung gula guru hadir hajat harum hijrah ikut istri jalan jajan kado
    kantor karena kebun kecamatan kampak karangan kelurahan ketemu kolam kurban lebaran lebih lemari lewat luar
    mana manis mantu masjid mereka mobil motor mudah musholla nikah nyata orang pakai pasar pasti perlu pertama
    pinggir polos puasa punya putih rapat rasanya ruko sawah sekali sekolah sebut seger sehat senam sendiri
    sering suami sumber suruh susah susun tahu tamat tanya tahlil telur tetangga tiba timur tinggal toga tukang
    tulang tutup umur undangan utara warga wangi yasin isin susuk kelapa loro2 samping barang bareng berat besar
    bisa boleh cari cepat cuma dapat habis halal hanya harus ikan iris kain kalah kapan kasir kawan kaca kayu
    kebaya kelambu kembang kuning lagu lain lama lampu langsung lapar legit lembut libur lima lokasi malu mandi
    marah meja merah minum muda mulai nota pulang pulsa putra putri ragu rekan rela resep ringan rugi satus
    status sanggup sangat sibuk soto suara suka sulit surat takut tegal terang tidur tugas ulang umum usaha
    wajib waktu warna kulit belah jual jamu jambu kepingin koncone bolak balik kembalian pesta pesantren busana
    bisnis box2 diisi diambang kirimannya dikit antarin tadinya sebelah sebentar beda bedak lembar lembur rabuk
    selalu seling panggul pogalan munjungan pule dongko tugu watulimo bendungan gandusari trenggalek tulungagung
    ponorogo
    """
)
