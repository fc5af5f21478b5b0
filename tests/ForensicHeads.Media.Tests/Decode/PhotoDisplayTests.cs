namespace ForensicHeads.Media.Tests.Decode;

/// <summary>Every way in which a photo says how it is to be shown.</summary>
public sealed class PhotoDisplayTests : IDisposable
{
    // The corners of colour as published in the profiles, adapted to D50.
    private static readonly double[][] Srgb = [[0.43607, 0.22249, 0.01392], [0.38515, 0.71687, 0.09708], [0.14307, 0.06061, 0.71410]];
    private static readonly double[][] DisplayP3 = [[0.51512, 0.24120, -0.00105], [0.29198, 0.69225, 0.04189], [0.15710, 0.06657, 0.78407]];
    private static readonly double[][] AdobeRgb = [[0.60974, 0.31111, 0.01947], [0.20528, 0.62567, 0.06087], [0.14919, 0.06322, 0.74457]];

    private readonly TestFolder files = new();
    private readonly RgbImage reference = ReferencePicture.Draw();

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData("jpeg")]
    [InlineData("png")]
    [InlineData("png with alpha")]
    [InlineData("webp")]
    [InlineData("tiff")]
    public void Every_orientation_is_heeded(string kind)
    {
        for (var orientation = 1; orientation <= 8; orientation++)
        {
            var stored = Stored(reference, orientation);
            var path = files.Write($"o{orientation}", kind switch
            {
                "jpeg" => PhotoEdits.Jpeg(ImageCodec.EncodeJpeg(stored, 100), 0xE1, [.. "Exif\0\0"u8, .. PhotoEdits.Exif(orientation)]),
                "png" => PhotoEdits.Png(ImageCodec.EncodePng(stored), "eXIf", PhotoEdits.Exif(orientation)),
                "png with alpha" => PhotoEdits.Png(Alpha(stored), "eXIf", PhotoEdits.Exif(orientation)),
                "webp" => PhotoEdits.Webp(Lossless(stored), stored.Width, stored.Height, null, PhotoEdits.Exif(orientation)),
                _ => PhotoEdits.Tiff(stored, 2, orientation),
            });
            var photo = Read(path);
            ReferencePicture.Assert($"{kind}, orientation {orientation}", photo.Image, kind == "jpeg" ? 2 : 0.5, 0.1);
            Assert.Equal((stored.Width, stored.Height, MediaStatus.Ok), (photo.Facts.StoredWidth, photo.Facts.StoredHeight, photo.Status));
        }
    }

    [Theory]
    [InlineData("Display P3, png", "png", true)]
    [InlineData("Display P3, jpeg", "jpeg", true)]
    [InlineData("Display P3, webp", "webp", true)]
    [InlineData("Adobe RGB, png", "png", false)]
    [InlineData("Adobe RGB, jpeg", "jpeg", false)]
    [InlineData("Adobe RGB by EXIF, jpeg", "exif", false)]
    public void A_wide_gamut_is_brought_to_sRGB(string what, string kind, bool p3)
    {
        var gamma = p3 ? 0 : 563 / 256.0;
        var wide = To(reference, p3 ? DisplayP3 : AdobeRgb, gamma);
        var corners = p3 ? DisplayP3 : AdobeRgb;
        var profile = PhotoEdits.Profile(corners[0], corners[1], corners[2], gamma);
        var photo = Read(files.Write("wide", kind switch
        {
            "png" => PhotoEdits.Png(ImageCodec.EncodePng(wide), "iCCP", PhotoEdits.Iccp(profile)),
            "jpeg" => PhotoEdits.Jpeg(ImageCodec.EncodeJpeg(wide, 100), 0xE2, [.. "ICC_PROFILE\0"u8, 1, 1, .. profile]),
            "exif" => PhotoEdits.Jpeg(ImageCodec.EncodeJpeg(wide, 100), 0xE1, [.. "Exif\0\0"u8, .. PhotoEdits.ExifAdobeRgb()]),
            _ => PhotoEdits.Webp(Lossless(wide), wide.Width, wide.Height, profile, null),
        }));
        // A level of a wide space is several of sRGB in saturated colours, and JPEG is off by one.
        ReferencePicture.Assert(what, photo.Image, kind is "jpeg" or "exif" ? 5.5 : 2.5, 0.1);
        Assert.Empty(photo.Facts.Warnings);
    }

    [Fact]
    public void Display_P3_gives_the_colours_that_others_measured()
    {
        var image = new RgbImage(8, 8);
        for (var i = 0; i < image.Pixels.Length; i += 3) (image.Pixels[i], image.Pixels[i + 1], image.Pixels[i + 2]) = (167, 143, 128);
        var profile = PhotoEdits.Profile(DisplayP3[0], DisplayP3[1], DisplayP3[2], 0);
        var photo = Read(files.Write("a.png", PhotoEdits.Png(ImageCodec.EncodePng(image), "iCCP", PhotoEdits.Iccp(profile))));
        int[] expected = [172, 142, 125];
        for (var c = 0; c < 3; c++) Assert.Equal(expected[c], photo.Image.Pixels[c], 1.0);
    }

    [Fact]
    public void A_profile_of_sRGB_changes_no_byte()
    {
        var profile = PhotoEdits.Profile(Srgb[0], Srgb[1], Srgb[2], 0);
        var photo = Read(files.Write("a.png", PhotoEdits.Png(ImageCodec.EncodePng(reference), "iCCP", PhotoEdits.Iccp(profile))));
        Assert.Equal(reference.Pixels, photo.Image.Pixels);
    }

    [Fact]
    public void A_profile_that_cannot_be_read_is_a_warning()
    {
        var photo = Read(files.Write("a.png", PhotoEdits.Png(ImageCodec.EncodePng(reference), "iCCP", PhotoEdits.Iccp(new byte[200]))));
        Assert.Equal(["colour profile: the ICC profile was not used, since it is damaged; the colours were taken for sRGB"],
            photo.Facts.Warnings);
        Assert.Equal(reference.Pixels, photo.Image.Pixels);
    }

    [Fact]
    public void Code_points_of_PQ_in_a_PNG_are_tone_mapped_with_a_warning()
    {
        var photo = Read(files.Write("a.png", PhotoEdits.Png(ImageCodec.EncodePng(reference), "cICP", [9, 16, 0, 1])));
        Assert.Equal("PQ", photo.Facts.ToneMapped);
        Assert.StartsWith("tone-mapped", Assert.Single(photo.Facts.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void White_is_white_whatever_its_number(int photometric)
    {
        var photo = Read(files.Write("a.tif", PhotoEdits.Tiff(reference, photometric)));
        for (var i = 0; i < photo.Image.Pixels.Length; i++) Assert.Equal(reference.Pixels[i - (i % 3)], photo.Image.Pixels[i]);
    }

    [Fact]
    public void Further_pages_of_a_TIFF_are_counted_in_a_note() => Assert.Equal(["pages: 2 further pages were left out"],
        Read(files.Write("a.tif", PhotoEdits.Tiff(reference, 2, pages: 3))).Facts.Notes);

    [Fact]
    public void What_follows_a_photo_is_no_damage()
    {
        // The film of a motion photo, with the marks of a picture's beginning and none of its end.
        byte[] film = [0, 0, 0, 16, .. "ftypmp42"u8, 0, 0, 0, 0, 0xFF, 0xDA, 0xFF, 0xD8, 1, 2, 3];
        foreach (var bytes in new[] { ImageCodec.EncodeJpeg(reference, 90), ImageCodec.EncodePng(reference) })
        {
            var photo = Read(files.Write("a", [.. bytes, .. film]));
            Assert.Equal((MediaStatus.Ok, (string?)null), (photo.Status, photo.Reason));
        }
    }

    [Theory]
    [InlineData("AVIF", null, "")]
    [InlineData("AVIF, turned by 90°", "irot\u0003", "transpose=cclock,")]
    [InlineData("AVIF, turned by 270°", "irot\u0001", "transpose=clock,")]
    [InlineData("AVIF, mirrored", "imir\u0001", "hflip,")]
    [InlineData("AVIF, flipped", "imir\0", "vflip,")]
    public void An_AVIF_is_a_photo(string what, string? property, string filter)
    {
        files.Write("ref.png", ImageCodec.EncodePng(reference));
        var path = files.Make("a.avif", $"-i {{dir}}/ref.png -vf {filter}scale=out_color_matrix=bt601:out_range=pc,format=yuv444p "
            + "-c:v libaom-av1 -still-picture 1 -crf 2 -cpu-used 8 -color_range pc -colorspace smpte170m {}");
        if (property is not null)
        {
            // The depths of the channels give way: a property of the picture that decoders do not need.
            var bytes = File.ReadAllBytes(path);
            System.Text.Encoding.Latin1.GetBytes(property[..4]).CopyTo(bytes, bytes.AsSpan().IndexOf("pixi"u8));
            bytes[bytes.AsSpan().IndexOf(System.Text.Encoding.Latin1.GetBytes(property[..4])) + 4] = (byte)property[4];
            File.WriteAllBytes(path, bytes);
        }

        var photo = Read(path);
        ReferencePicture.Assert(what, photo.Image, 3, 0.1);
        Assert.Equal(("avif", true, MediaStatus.Ok), (photo.Facts.Container, photo.Facts.IsPhoto, photo.Status));
    }

    private static Photo Read(string path) => PhotoReader.Read(path, cancellation: TestContext.Current.CancellationToken);

    private byte[] Lossless(RgbImage image)
    {
        files.Write("lossless.png", ImageCodec.EncodePng(image));
        return File.ReadAllBytes(files.Make("lossless.webp", "-i {dir}/lossless.png -c:v libwebp -lossless 1 -pix_fmt bgra {}"));
    }

    private byte[] Alpha(RgbImage image)
    {
        files.Write("opaque.png", ImageCodec.EncodePng(image));
        return File.ReadAllBytes(files.Make("alpha.png", "-i {dir}/opaque.png -pix_fmt rgba {}"));
    }

    /// <summary>How a camera stores the picture that a tag's number will set upright (EXIF 2.3, 4.6.4).</summary>
    private static RgbImage Stored(RgbImage upright, int orientation)
    {
        var swaps = orientation >= 5;
        var stored = new RgbImage(swaps ? upright.Height : upright.Width, swaps ? upright.Width : upright.Height);
        var (right, bottom) = (upright.Width - 1, upright.Height - 1);
        for (var row = 0; row < stored.Height; row++)
            for (var column = 0; column < stored.Width; column++)
            {
                // The numbers say at which edges of the upright picture row 0 and column 0 lie.
                var (x, y) = orientation switch
                {
                    2 => (right - column, row),
                    3 => (right - column, bottom - row),
                    4 => (column, bottom - row),
                    5 => (row, column),
                    6 => (right - row, column),
                    7 => (right - row, bottom - column),
                    8 => (row, bottom - column),
                    _ => (column, row),
                };
                upright[x, y].CopyTo(stored[column, row]);
            }

        return stored;
    }

    /// <summary>The same colours in another space, worked out from its corners alone.</summary>
    private static RgbImage To(RgbImage image, double[][] corners, double gamma)
    {
        var result = new RgbImage(image.Width, image.Height);
        var known = new Dictionary<(byte, byte, byte), byte[]>();
        for (var i = 0; i < image.Pixels.Length; i += 3)
        {
            var key = (image.Pixels[i], image.Pixels[i + 1], image.Pixels[i + 2]);
            if (!known.TryGetValue(key, out var colour)) known.Add(key, colour = Colour([key.Item1, key.Item2, key.Item3], corners, gamma));
            colour.CopyTo(result.Pixels, i);
        }

        return result;
    }

    private static byte[] Colour(byte[] srgb, double[][] corners, double gamma)
    {
        var light = srgb.Select(v => v / 255.0 <= 0.04045 ? v / 255.0 / 12.92 : Math.Pow(((v / 255.0) + 0.055) / 1.055, 2.4)).ToArray();
        var xyz = Enumerable.Range(0, 3).Select(i => Enumerable.Range(0, 3).Sum(c => Srgb[c][i] * light[c])).ToArray();
        // Cramer's rule.
        double Det(double[] a, double[] b, double[] c) => (a[0] * ((b[1] * c[2]) - (b[2] * c[1])))
            - (b[0] * ((a[1] * c[2]) - (a[2] * c[1]))) + (c[0] * ((a[1] * b[2]) - (a[2] * b[1])));
        var whole = Det(corners[0], corners[1], corners[2]);
        var (r, g, b) = (corners[0], corners[1], corners[2]);
        double[] wide = [Det(xyz, g, b) / whole, Det(r, xyz, b) / whole, Det(r, g, xyz) / whole];
        return [.. wide.Select(x => Math.Clamp(x, 0, 1)).Select(x => (byte)Math.Round(255 * (gamma > 0 ? Math.Pow(x, 1 / gamma)
            : x <= 0.0031308 ? 12.92 * x : (1.055 * Math.Pow(x, 1 / 2.4)) - 0.055)))];
    }
}
