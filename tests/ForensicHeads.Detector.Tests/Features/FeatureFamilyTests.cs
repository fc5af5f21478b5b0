namespace ForensicHeads.Detector.Tests.Features;

public class FeatureFamilyTests
{
    // float32 carries 6e-8 relative; the rest is head room for another order of summation.
    private const double Relative = 1e-5;
    private const double Absolute = 1e-6;

    /// <summary>Power of two; even, by Bluestein's transform, three whole blocks; odd, an incomplete block and an incomplete pair of
    /// rows.</summary>
    private static readonly int[] Sizes = [32, 24, 21];

    public static TheoryData<string, string, int> Cases()
    {
        var cases = new TheoryData<string, string, int>();
        foreach (var family in new[] { "spectrum", "dct_beta", "npr_stats", "srm", "cooccurrence", "jpeg", "trivial_pixels",
            "residual_lags", "chroma_detail" })
            foreach (var kind in Pictures.Kinds)
                foreach (var size in Sizes)
                    cases.Add(family, kind, size);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_family_equals_its_definition_written_out(string family, string kind, int size)
    {
        var image = Pictures.ByKind(kind, size);
        var actual = Compute(family, image);
        switch (family)
        {
            case "spectrum": AssertSpectrum(image, actual); break;
            // Where a picture repeats one block, its few coefficients may lie on a rounding edge: the NumPy test below takes these.
            case "jpeg" when kind is "checkerboard" or "dot": AssertClose(DirectFeatures.Jpeg(image)[..64], actual[..64]); break;
            case "jpeg": AssertJpeg(DirectFeatures.Jpeg(image), actual); break;
            case "dct_beta": AssertClose(DirectFeatures.DctBeta(image), actual); break;
            case "npr_stats": AssertClose(DirectFeatures.NprStats(image), actual); break;
            case "srm": AssertClose(DirectFeatures.Srm(image), actual); break;
            case "cooccurrence": AssertClose(DirectFeatures.Cooccurrence(image), actual); break;
            case "residual_lags": AssertClose(DirectFeatures.ResidualLags(image), actual); break;
            case "chroma_detail": AssertClose(DirectFeatures.ChromaDetail(image), actual); break;
            default: AssertClose(DirectFeatures.TrivialPixels(image), actual); break;
        }
    }

    [Theory]
    [InlineData(8)] // one block, no grid line at 0, four residuals a side
    [InlineData(9)]
    [InlineData(75)] // several registers' worth and a rest in every loop
    [InlineData(131)] // halved to an odd side before the residuals
    public void Smallest_and_larger_pictures_are_measured_right(int size)
    {
        var image = Pictures.ByKind("noise", size);
        AssertClose(DirectFeatures.Srm(image), Compute("srm", image));
        AssertClose(DirectFeatures.Cooccurrence(image), Compute("cooccurrence", image));
        AssertClose(DirectFeatures.NprStats(image), Compute("npr_stats", image));
        AssertClose(DirectFeatures.ResidualLags(image), Compute("residual_lags", image));
        AssertClose(DirectFeatures.ChromaDetail(image), Compute("chroma_detail", image));
        AssertClose(DirectFeatures.DctBeta(image), Compute("dct_beta", image));
        AssertClose(DirectFeatures.TrivialPixels(image), Compute("trivial_pixels", image));
        AssertJpeg(DirectFeatures.Jpeg(image), Compute("jpeg", image));
        if (size < 32) AssertSpectrum(image, Compute("spectrum", image));
    }

    [Fact]
    public void The_jpeg_grid_stands_out_where_it_was_and_moves_with_a_crop()
    {
        var coded = new JpegCondition(30).Apply(Pictures.Scene(96, 5, noise: 1), "f", "v");
        var shifted = new RgbImage(80, 80);
        for (var y = 0; y < 80; y++)
            for (var x = 0; x < 80; x++)
                coded[x + 3, y + 6].CopyTo(shifted[x, y]);
        // Chroma blocks are 16 pixels wide, luma ones 8: lines of both lie at multiples of 8.
        Assert.Equal(0, Highest(Compute("jpeg", coded)));
        Assert.Equal((8 * (8 - 6)) + 8 - 3, Highest(Compute("jpeg", shifted)));
    }

    [Fact]
    public void A_picture_coded_before_lies_nearest_to_its_own_quality()
    {
        var d = Compute("jpeg", new JpegCondition(70).Apply(Pictures.Formula(64), "f", "v"))[64..];
        // Coding again at the same quality changes little: a dip at 70 between 65 and 75.
        Assert.True(d[4] < d[3] && d[4] < d[5], string.Join(' ', d));
    }

    [Fact]
    public void Every_golden_vector_of_the_numpy_reference_is_met()
    {
        var vectors = Golden.Load("detector_features.json").GetProperty("features").EnumerateArray()
            .Where(vector => vector.GetProperty("picture").GetString() != "pair").ToArray();
        Assert.Equal(27, vectors.Length);
        foreach (var vector in vectors)
        {
            var family = vector.GetProperty("family").GetString()!;
            var actual =
                Compute(family, Pictures.ByKind(vector.GetProperty("picture").GetString()!, vector.GetProperty("size").GetInt32()));
            AssertClose(Golden.Doubles(vector.GetProperty("values")), actual);
        }
    }

    [Theory]
    [InlineData(256, 362, 63, 216)]
    [InlineData(128, 180, 63, 216)]
    [InlineData(64, 90, 63, 216)]
    public void Lengths_are_those_of_the_contract(int size, int spectrum, int dct, int npr)
    {
        Assert.Equal([spectrum, dct, npr], FeatureFamilies.Default.Select(name => FeatureFamilies.OfPictures.ByName(name).Length(size)));
        Assert.Equal([171, 768, 73],
            new[] { "srm", "cooccurrence", "jpeg" }.Select(name => FeatureFamilies.OfPictures.ByName(name).Length(size)));
        foreach (var name in FeatureFamilies.Names)
        {
            var family = FeatureFamilies.OfPictures.ByName(name);
            Assert.Equal(family.Length(size), family.ColumnNames(size).Distinct().Count());
        }
    }

    [Fact]
    public void A_patch_is_measured_by_itself_whatever_lies_beside_it()
    {
        var (one, other) = (Pictures.Scene(32, 1, 3), Pictures.Scene(32, 2, 3));
        var image = new RgbImage(64, 64);
        for (var y = 0; y < 64; y++)
            for (var x = 0; x < 64; x++)
                (x < 32 ? one : other)[x % 32, y % 32].CopyTo(image[x, y]);
        var mean = Compute("srm", one).Zip(Compute("srm", other), (a, b) => (a + b) / 2.0).ToArray();
        AssertClose(mean, Compute("patch_srm", image));
        Assert.Contains("16 px a side or more",
            Assert.Throws<UserErrorException>(() => Compute("patch_srm", Pictures.Scene(12, 1, 3))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Level_columns_ignore_exposure_and_ratio_columns_do_not()
    {
        var dark = Pictures.Formula(64);
        var half = new RgbImage(64, 64, [.. dark.Pixels.Select(value => (byte)(value / 2 * 2))]);
        var quarter = new RgbImage(64, 64, [.. half.Pixels.Select(value => (byte)(value / 2))]);
        var a = Compute("spectrum", half);
        var b = Compute("spectrum", quarter);
        // Halving every pixel exactly shifts every level by 20·ln 2, ring 0 included.
        for (var r = 0; r < 45; r++) Assert.Equal(a[45 + r], b[45 + r], 1e-3);
        Assert.True(Math.Abs(a[30] - b[30]) > 1e-3);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    public void A_flat_picture_gives_finite_features_and_zero_spread(byte value)
    {
        var flat = new RgbImage(32, 32);
        flat.Pixels.AsSpan().Fill(value);
        foreach (var name in FeatureFamilies.Names) Assert.All(Compute(name, flat), feature => Assert.True(float.IsFinite(feature), name));
        Assert.All(Compute("dct_beta", flat), beta => Assert.Equal(0, beta));
        Assert.Equal(0, Compute("npr_stats", flat)[2]);
        Assert.All(Compute("jpeg", flat)[..64], distance => Assert.Equal(0, distance));
        Assert.Equal(1, Compute("srm", flat)[3]);
        foreach (var name in new[] { "residual_lags", "chroma_detail" })
            Assert.All(Compute(name, flat), value => Assert.Equal(0, value, 1e-6));
        Assert.Equal(1, Compute("cooccurrence", flat)[(value >> 4) * 17]);
    }

    [Fact]
    public void Wrong_shapes_and_names_are_refused_with_a_remedy()
    {
        Assert.Contains("square",
            Assert.Throws<UserErrorException>(() =>
                FeatureFamilies.OfPictures.ByName("npr_stats").Compute(new RgbImage(32, 16), new float[216])).Message,
            StringComparison.Ordinal);
        Assert.Contains("dct_beta", Assert.Throws<UserErrorException>(() => FeatureFamilies.OfPictures.ByName("dct")).Message,
            StringComparison.Ordinal);
        Assert.Contains("named 2 times", Assert.Throws<UserErrorException>(() => new FeatureLayout(["dct_beta", "dct_beta"], 64)).Message,
            StringComparison.Ordinal);
        Assert.Contains("8 … 2048", Assert.Throws<UserErrorException>(() => new FeatureLayout(["dct_beta"], 4)).Message,
            StringComparison.Ordinal);
    }

    private static float[] Compute(string name, RgbImage image)
    {
        var family = FeatureFamilies.OfPictures.ByName(name);
        var features = new float[family.Length(image.Width)];
        Array.Fill(features, float.NaN);
        family.Compute(image, features);
        return features;
    }

    private static int Highest(float[] features)
    {
        var grid = features[..64];
        return Array.IndexOf(grid, grid.Max());
    }

    private static void AssertSpectrum(RgbImage image, float[] actual)
    {
        var expected = DirectFeatures.Spectrum(image, out var allowance);
        var rings = allowance.Length;
        Assert.Equal(2 * rings, actual.Length);
        var zero = (expected[0] - expected[1]) == 0 || expected[1] == 1 ? double.NaN : expected[rings + 1] / (expected[1] - 1);
        for (var r = 0; r < rings; r++)
        {
            var room = Absolute + allowance[r] + allowance[0];
            Assert.True(Math.Abs(expected[rings + r] - actual[rings + r]) <= room + (Relative * Math.Abs(expected[rings + r])),
                $"level {r}: expected {expected[rings + r]}, got {actual[rings + r]}");
            var ratioRoom = double.IsNaN(zero) ? Absolute : (room * (1 + Math.Abs(expected[r])) / Math.Abs(zero)) + Absolute;
            Assert.True(Math.Abs(expected[r] - actual[r]) <= ratioRoom + (Relative * Math.Abs(expected[r])),
                $"ratio {r}: expected {expected[r]}, got {actual[r]}");
        }
    }

    /// <summary>
    /// The written-out JPEG uses real cosines where libjpeg uses whole numbers, so that a few samples end one level apart: 1 % of D_q plus
    /// 0.02 squared levels.
    /// </summary>
    private static void AssertJpeg(double[] expected, float[] actual)
    {
        AssertClose(expected[..64], actual[..64]);
        for (var i = 64; i < 73; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= 0.02 + (0.01 * expected[i]),
                $"distance {i - 64}: expected {expected[i]}, got {actual[i]}");
    }

    private static void AssertClose(double[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= Absolute + (Relative * Math.Abs(expected[i])),
                $"feature {i}: expected {expected[i]}, got {actual[i]}");
    }
}
