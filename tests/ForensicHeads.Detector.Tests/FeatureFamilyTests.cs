using ForensicHeads.Foundation;

namespace ForensicHeads.Detector.Tests;

public class FeatureFamilyTests
{
    // float32 carries 6e-8 relative; the rest is head room for another order of summation.
    private const double Relative = 1e-5;
    private const double Absolute = 1e-6;

    [Theory]
    [InlineData(32)] // power of two
    [InlineData(24)] // Bluestein, even
    [InlineData(21)] // Bluestein, odd
    public void Spectrum_equals_the_fourier_sum_written_out(int size) =>
        AssertClose(DirectFeatures.Spectrum(Pictures.Formula(size)), Compute("spectrum", Pictures.Formula(size)));

    [Theory]
    [InlineData(32)]
    [InlineData(27)] // three whole blocks a side, three pixels left out
    public void Dct_beta_equals_the_cosine_sum_written_out(int size) =>
        AssertClose(DirectFeatures.DctBeta(Pictures.Formula(size)), Compute("dct_beta", Pictures.Formula(size)));

    [Theory]
    [InlineData(32)]
    [InlineData(27)]
    public void Npr_stats_equal_the_statistics_written_out(int size) =>
        AssertClose(DirectFeatures.NprStats(Pictures.Formula(size)), Compute("npr_stats", Pictures.Formula(size)));

    [Fact]
    public void Every_golden_vector_of_the_numpy_reference_is_met()
    {
        var vectors = Golden.Load("detector_features.json").GetProperty("features").EnumerateArray().ToArray();
        Assert.Equal(8, vectors.Length);
        foreach (var vector in vectors)
        {
            var actual = Compute(vector.GetProperty("family").GetString()!, Pictures.Formula(vector.GetProperty("size").GetInt32()));
            AssertClose(Golden.Doubles(vector.GetProperty("values")), actual);
        }
    }

    [Theory]
    [InlineData(256, 362, 63, 216)]
    [InlineData(128, 180, 63, 216)]
    [InlineData(64, 90, 63, 216)]
    public void Lengths_are_those_of_the_contract(int size, int spectrum, int dct, int npr)
    {
        Assert.Equal([spectrum, dct, npr], FeatureFamilies.Default.Select(name => FeatureFamilies.ByName(name).Length(size)));
        foreach (var name in FeatureFamilies.Names)
        {
            var family = FeatureFamilies.ByName(name);
            Assert.Equal(family.Length(size), family.ColumnNames(size).Distinct().Count());
        }
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
    }

    [Fact]
    public void Wrong_shapes_and_names_are_refused_with_a_remedy()
    {
        Assert.Contains("square", Assert.Throws<UserErrorException>(() => FeatureFamilies.ByName("npr_stats").Compute(new RgbImage(32, 16), new float[216])).Message, StringComparison.Ordinal);
        Assert.Contains("dct_beta", Assert.Throws<UserErrorException>(() => FeatureFamilies.ByName("dct")).Message, StringComparison.Ordinal);
        Assert.Contains("named 2 times", Assert.Throws<UserErrorException>(() => new FeatureLayout(["dct_beta", "dct_beta"], 64)).Message, StringComparison.Ordinal);
        Assert.Contains("8 … 2048", Assert.Throws<UserErrorException>(() => new FeatureLayout(["dct_beta"], 4)).Message, StringComparison.Ordinal);
    }

    private static float[] Compute(string name, RgbImage image)
    {
        var family = FeatureFamilies.ByName(name);
        var features = new float[family.Length(image.Width)];
        Array.Fill(features, float.NaN);
        family.Compute(image, features);
        return features;
    }

    private static void AssertClose(double[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= Absolute + (Relative * Math.Abs(expected[i])), $"feature {i}: expected {expected[i]}, got {actual[i]}");
    }
}
