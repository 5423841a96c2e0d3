// Package pack turns values into bytes and bytes into values by the formats of
// Python's struct module.
//
// It provides:
//
//   - [Parse], which reads a format such as "!4sI" and gives a [Format];
//   - [Format], with [Format.Pack] and [Format.Unpack] and their kin, and with
//     what a picture of the bytes needs: [Format.Fields], [Format.Items], the
//     [Order] of the bytes;
//   - [Error], which says what CPython 3.11 says.
//
// Native formats ('@') are those of 64-bit Linux, on whatever machine this
// runs: amd64 and arm64 agree in size, alignment and byte order. The package
// knows no types of any language: see [Format.Pack] for the values it takes.
// It does no input or output, and nothing in it is changed after it is made, so
// all of it may be used by several goroutines.
package pack
