namespace ForensicHeads.Media.Tests.Marks;

public sealed class WatermarkTests : IDisposable
{
    private readonly TestFolder files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void The_mark_is_found_with_its_key_and_with_no_other()
    {
        var marked = new WatermarkEmbedder(WatermarkKey.Public, 256, 256).Apply(Picture(1));
        var own = WatermarkKey.Load(files.Write("key", "sixteen bytes and a few more"));
        var findings = Find([marked], WatermarkKey.Public, own);
        Assert.True(findings[0].Found && findings[0].FalseAlarmBound < 1e-15, $"z = {findings[0].Z}");
        Assert.False(findings[1].Found, $"z = {findings[1].Z}");
        Assert.True(Find([new WatermarkEmbedder(own, 256, 256).Apply(Picture(1))], own)[0].Found);
        Assert.Equal(("public", 8), (findings[0].Key, findings[1].Key.Length));
    }

    [Fact]
    public void It_survives_half_size_and_crf_28()
    {
        var embedder = new WatermarkEmbedder(WatermarkKey.Public, 256, 256);
        var frames = Enumerable.Range(0, 8).Select(i => embedder.Apply(Picture(2, shift: i))).ToArray();
        var copy =
            CodedFrames.Of([.. frames.Select(Half)], new VideoEncoderOptions { Crf = 28 }, TestContext.Current.CancellationToken);
        Assert.True(Find(copy, WatermarkKey.Public)[0].Found);
    }

    [Fact]
    public void A_mirrored_copy_and_one_without_the_label_strip_are_found()
    {
        var marked = new WatermarkEmbedder(WatermarkKey.Public, 256, 256).Apply(VisibleLabel.Apply(Picture(3)));
        var mirrored = new RgbImage(256, 256);
        for (var y = 0; y < 256; y++)
            for (var x = 0; x < 256; x++) marked[255 - x, y].CopyTo(mirrored[x, y]);
        var finding = Find([mirrored], WatermarkKey.Public)[0];
        Assert.True(finding is { Found: true, Mirrored: true }, $"z = {finding.Z}");
        var rows = 256 - VisibleLabel.StripHeight(256);
        Assert.True(Find([new RgbImage(256, rows, marked.Pixels[..(256 * rows * 3)])], WatermarkKey.Public)[0].Found);
    }

    [Fact]
    public void Unmarked_pictures_score_like_random_keys()
    {
        var scores = Enumerable.Range(0, 60).Select(i => Find([Picture(100 + i)], WatermarkKey.Public)[0].Z).ToArray();

        // The best of four hypotheses of variance 1: mean about 1, never near the threshold.
        Assert.InRange(scores.Average(), 0, 2);
        Assert.True(scores.Max() < WatermarkDetector.Threshold - 1, $"z = {scores.Max()}");
    }

    [Fact]
    public void The_mark_is_hard_to_see()
    {
        var plain = Picture(4);
        var marked = new WatermarkEmbedder(WatermarkKey.Public, 256, 256).Apply(plain);
        var error = plain.Pixels.Zip(marked.Pixels, (a, b) => (double)(a - b) * (a - b)).Average();
        Assert.True(10 * Math.Log10(255 * 255 / error) > 38.5, $"{10 * Math.Log10(255 * 255 / error):F1} dB");
        Assert.Equal(plain.Pixels[(224 * 256 * 3)..], marked.Pixels[(224 * 256 * 3)..]);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 300)]
    public void A_picture_of_any_size_and_one_colour_has_no_mark(int width, int height) =>
        Assert.False(Find([new RgbImage(width, height)], WatermarkKey.Public)[0].Found);

    [Fact]
    public void Keys_that_are_too_short_too_long_or_missing_are_refused()
    {
        Assert.Contains("has 15 bytes; allowed are 16 to 4096",
            Assert.Throws<UserErrorException>(() => WatermarkKey.Load(files.Write("short", new string('a', 15) + "\n\n"))).Message,
            StringComparison.Ordinal);
        Assert.Contains("longer than 4096",
            Assert.Throws<UserErrorException>(() => WatermarkKey.Load(files.Write("long", new string('a', 5000)))).Message,
            StringComparison.Ordinal);
        Assert.Contains("Check the path", Assert.Throws<UserErrorException>(() => WatermarkKey.Load(files["none"])).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(256, 24)]
    [InlineData(128, 12)]
    [InlineData(64, 12)]
    public void The_label_is_a_strip_with_letters_at_the_lower_edge_and_leaves_the_rest(int size, int strip)
    {
        var plain = Picture(5, size);
        var labelled = VisibleLabel.Apply(plain);
        var above = (size - strip) * size * 3;
        Assert.Equal(strip, VisibleLabel.StripHeight(size));
        Assert.Equal(plain.Pixels[..above], labelled.Pixels[..above]);
        var light = labelled.Pixels[above..].Count(value => value == 236) / 3;
        Assert.True(light >= 25, $"{light} light points");
        Assert.All(labelled.Pixels[above..], value => Assert.True(value is 236 or < 48));
    }

    private static IReadOnlyList<WatermarkFinding> Find(IReadOnlyList<RgbImage> frames, params WatermarkKey[] keys)
    {
        using var detector = new WatermarkDetector();
        foreach (var frame in frames) detector.Add(frame);
        return detector.Find(keys);
    }

    private static RgbImage Half(RgbImage frame) => ImageResize.Area(frame, frame.Width / 2, frame.Height / 2);

    /// <summary>A coarse random picture, enlarged like an export.</summary>
    private static RgbImage Picture(int seed, int size = 256, int shift = 0)
    {
        var random = new SeededRandom(seed, "picture");
        var coarse = new RgbImage(size / 8, size / 8);
        for (var i = 0; i < coarse.Pixels.Length; i++) coarse.Pixels[i] = (byte)(40 + random.NextInt(140));
        coarse.Pixels.AsSpan(0, 30).Fill((byte)(100 + (8 * shift)));
        return ImageResize.Enlarge(coarse, 8);
    }
}
