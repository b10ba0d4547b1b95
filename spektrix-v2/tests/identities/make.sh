#!/bin/sh
# Creates the files in this folder: one invented certificate and its key, in every format in which people pass them on.
# They are valid for a hundred years, and only these tests use them. Needs OpenSSL 3 with its legacy provider.
# Run it in this folder, and commit the files.
set -eu

passphrase=open-sesame

openssl req -x509 -newkey rsa:2048 -noenc -days 36500 -subj "/CN=A test root" -keyout root.tmp -out root.crt
openssl req -new -newkey rsa:2048 -noenc -subj "/O=A Theatre/CN=venue/emailAddress=web@theatre.example" \
    -keyout plain.key -out venue.csr
openssl x509 -req -in venue.csr -CA root.crt -CAkey root.tmp -days 36500 -out venue.crt
openssl pkey -in plain.key -pubout -out public.key

key() { openssl pkcs8 -topk8 -in plain.key -passout "pass:$passphrase" "$@"; }
key -v2 aes-256-cbc -out aes256.key
key -v2 aes-128-cbc -v2prf hmacWithSHA512 -out aes128.key
key -v2 des3 -v2prf hmacWithSHA1 -out des3.key
key -scrypt -scrypt_N 1024 -out scrypt.key
key -v1 PBE-SHA1-3DES -out pbes1.key
key -iter 1000001 -out million-rounds.key
openssl rsa -in plain.key -aes256 -traditional -passout "pass:$passphrase" -out traditional.key

store() { openssl pkcs12 -export -inkey plain.key -in venue.crt -passout "pass:$passphrase" "$@"; }
store -certfile root.crt -out modern.p12
store -certfile root.crt -legacy -out legacy.p12
store -certpbe PBE-SHA1-3DES -keypbe PBE-SHA1-3DES -macalg sha1 -out 3des.p12
store -certpbe AES-128-CBC -keypbe AES-128-CBC -macalg sha512 -out aes128.p12
store -certpbe NONE -keypbe NONE -nomac -out bare.p12
store -certpbe PBE-MD5-DES -keypbe PBE-MD5-DES -legacy -out md5-des.p12
store -iter 1000001 -out million-rounds.p12
export_with() { openssl pkcs12 -export -inkey plain.key -in venue.crt -passout "pass:$1" -out "$2"; }
export_with 'sésame 🎭' beyond-bmp.p12
export_with '' empty.p12
# The same without a passphrase, which the command cannot write: the key of the MAC is derived from no bytes at all.
store -certpbe NONE -keypbe NONE -nomac -out no-passphrase.p12
python3 - no-passphrase.p12 <<'END'
import ctypes, sys
crypto = ctypes.CDLL("libcrypto.so.3")
for name in ("BIO_new_file", "d2i_PKCS12_bio", "EVP_sha256"):
    getattr(crypto, name).restype = ctypes.c_void_p
path = sys.argv[1].encode()
source = ctypes.c_void_p(crypto.BIO_new_file(path, b"rb"))
file = ctypes.c_void_p(crypto.d2i_PKCS12_bio(source, None))
digest = ctypes.c_void_p(crypto.EVP_sha256())
assert crypto.PKCS12_set_mac(file, None, 0, None, 0, 2048, digest) == 1
target = ctypes.c_void_p(crypto.BIO_new_file(path, b"wb"))
assert crypto.i2d_PKCS12_bio(target, file) == 1
crypto.BIO_free(target)
END
openssl pkcs12 -export -nokeys -in venue.crt -passout "pass:$passphrase" -out no-key.p12
openssl pkcs12 -in modern.p12 -passin "pass:$passphrase" -noenc -out bag-attributes.pem
openssl x509 -in venue.crt -outform der -out venue.der
openssl crl2pkcs7 -nocrl -certfile venue.crt -out venue.p7b

rm root.tmp
