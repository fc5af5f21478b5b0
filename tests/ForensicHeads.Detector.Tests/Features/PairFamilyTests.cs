namespace ForensicHeads.Detector.Tests.Features;

public class PairFamilyTests
{
    [Fact]
    public void Every_golden_vector_of_pairs_is_met()
    {
        var vectors = Golden.Load("detector_features.json").GetProperty("features").EnumerateArray()
            .Where(vector => vector.GetProperty("picture").GetString() == "pair").ToArray();
        Assert.Equal(6, vectors.Length);
        foreach (var vector in vectors)
        {
            var before = Pictures.Formula(vector.GetProperty("size").GetInt32());
            var actual = Compute(vector.GetProperty("family").GetString()!, before, Later(before));
            var expected = Golden.Doubles(vector.GetProperty("values"));
            Assert.Equal(expected.Length, actual.Length);
            // float32, and sums in another order.
            for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-5 * Math.Max(1, Math.Abs(expected[i])));
        }
    }

    [Fact]
    public void A_moved_picture_is_found_where_it_went_and_texture_that_sticks_is_told_from_it()
    {
        var before = Pictures.Scene(128, 1, 4);
        var moved = Shifted(before, 2, 1);
        var (went, stuck) = (Compute("texture_motion", before, moved), Compute("texture_motion", before, before));
        for (var region = 0; region < 4; region++)
        {
            // What comes in at the border of the picture was not there before.
            Assert.True(went[3 * region] < 0.5 && went[(3 * region) + 1] > (region == 3 ? 0.6 : 0.95),
                $"{region}: {went[3 * region]}, {went[(3 * region) + 1]}");
            Assert.Equal(Math.Sqrt(5), went[(3 * region) + 2], 1e-5);
            Assert.Equal((1, 0), (Math.Round(stuck[3 * region], 3), stuck[(3 * region) + 2]));
        }

        Assert.Equal(0, went[12]);
    }

    [Fact]
    public void Noise_that_is_new_in_every_frame_is_told_from_a_frame_that_is_repeated()
    {
        var frame = Pictures.Scene(64, 2, 0);
        var (noisy, other) = (Noisy(frame, 1), Noisy(frame, 2));
        var (camera, codec) = (Compute("still_noise", noisy, other), Compute("still_noise", noisy, noisy));
        Assert.True(camera[0] > 0.5 && camera[3] < 0.5, string.Join(' ', camera));
        Assert.Equal([(float)Math.Log(0.01), 0f, 0f, 1f], codec[..4]);
        Assert.All(Compute("detail_flicker", noisy, noisy)[..4], value => Assert.Equal(0, value));
    }

    [Fact]
    public void Pictures_of_two_sizes_are_refused_and_small_ones_give_finite_numbers()
    {
        foreach (var family in FeatureFamilies.OfPairs.All)
        {
            Assert.Contains("two square pictures of one size", Assert.Throws<UserErrorException>(() =>
                family.Compute(new RgbImage(16, 16), new RgbImage(32, 32), new float[family.ColumnNames.Count])).Message,
                StringComparison.Ordinal);
            foreach (var size in new[] { 8, 9, 31 })
                Assert.All(Compute(family.Name, Pictures.Formula(size), Pictures.Scene(size, 1, 3)),
                    value => Assert.True(float.IsFinite(value)));
        }
    }

    [Fact]
    public void A_row_has_pairs_where_a_frame_before_is_given_and_unknowns_elsewhere()
    {
        var layout = FeatureLayout.Of(["still_noise", "dct_beta"], 32, []);
        var (first, second) = (Pictures.Scene(32, 1, 3), Pictures.Scene(32, 2, 3));
        var rows = FeatureExtractor.Extract(2, i => i == 0 ? first : second, i => i == 0 ? null : first, layout, null,
            TestContext.Current.CancellationToken);
        Assert.All(rows[0][..8], value => Assert.True(float.IsNaN(value)));
        Assert.Equal(Compute("still_noise", first, second), rows[1][..8]);
        Assert.All(rows.SelectMany(row => row[8..]), value => Assert.True(float.IsFinite(value)));
        Assert.True(FeatureLayout.MayBeUnknown("still_noise/face_level"));
        Assert.Contains("measured over time", Assert.Throws<UserErrorException>(() => new FeatureLayout(["still_noise"], 32)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Measuring_a_pair_allocates_nothing_once_the_scratch_is_there()
    {
        var layout = FeatureLayout.Of([.. FeatureFamilies.OfPairs.Names], 64, []);
        var row = new float[layout.Length];
        var (before, image) = (Pictures.Formula(64), Later(Pictures.Formula(64)));
        layout.ComputePair(before, image, row);
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++) layout.ComputePair(before, image, row);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - bytes);
    }

    private static float[] Compute(string name, RgbImage before, RgbImage image)
    {
        var family = FeatureFamilies.OfPairs.ByName(name);
        var features = new float[family.ColumnNames.Count];
        Array.Fill(features, float.NaN);
        family.Compute(before, image, features);
        return features;
    }

    // As in tests/reference/features.py.
    private static RgbImage Later(RgbImage image)
    {
        var moved = Shifted(image, 2, 1);
        for (var y = 0; y < image.Height; y++)
            for (var x = 0; x < image.Width; x++)
                for (var c = 0; c < 3; c++)
                    moved[x, y][c] = (byte)(moved[x, y][c] + (x * y % 3));
        return moved;
    }

    private static RgbImage Shifted(RgbImage image, int right, int down)
    {
        var moved = new RgbImage(image.Width, image.Height);
        for (var y = 0; y < image.Height; y++)
            for (var x = 0; x < image.Width; x++)
                image[(x + image.Width - right) % image.Width, (y + image.Height - down) % image.Height].CopyTo(moved[x, y]);
        return moved;
    }

    private static RgbImage Noisy(RgbImage image, long seed)
    {
        var random = new SeededRandom(seed, "noise");
        return new RgbImage(image.Width, image.Height,
            [.. image.Pixels.Select(value => (byte)Math.Clamp(value + random.Gaussian(0, 3), 0, 255))]);
    }
}
