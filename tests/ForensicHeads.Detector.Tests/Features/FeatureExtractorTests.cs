namespace ForensicHeads.Detector.Tests.Features;

public class FeatureExtractorTests
{
    [Fact]
    public void A_batch_on_all_cores_equals_one_frame_at_a_time()
    {
        var layout = new FeatureLayout(FeatureFamilies.Names, 64);
        var images = Enumerable.Range(0, 40).Select(i => Pictures.Scene(64, i)).ToArray();
        var reports = new List<StepProgress>();
        var batch =
            FeatureExtractor.Extract(images.Length, i => images[i], layout, new Immediate(reports), TestContext.Current.CancellationToken);
        for (var i = 0; i < images.Length; i++)
        {
            var alone = new float[layout.Length];
            layout.Compute(images[i], alone);
            Assert.Equal(alone, batch[i]);
        }

        Assert.Equal(40, reports[^1].Done);
        Assert.Equal(layout.Length, layout.ColumnNames.Count);
    }

    [Fact]
    public void Two_sizes_in_turn_on_one_thread_do_not_disturb_each_other()
    {
        var small = new FeatureLayout(FeatureFamilies.Default, 32);
        var large = new FeatureLayout(FeatureFamilies.Default, 48);
        var first = new float[small.Length];
        small.Compute(Pictures.Formula(32), first);
        large.Compute(Pictures.Formula(48), new float[large.Length]);
        var again = new float[small.Length];
        small.Compute(Pictures.Formula(32), again);
        Assert.Equal(first, again);
    }

    [Fact]
    public void Measuring_a_frame_allocates_nothing_once_the_scratch_is_there()
    {
        // The JPEG encoder hands its bytes out. Scratch is for one size at a time, and patches have half of it.
        foreach (var families in FeatureFamilies.Names.Except(["jpeg"])
            .GroupBy(name => name.StartsWith("patch_", StringComparison.Ordinal)))
        {
            var layout = new FeatureLayout([.. families], 64);
            var row = new float[layout.Length];
            var image = Pictures.Formula(64);
            layout.Compute(image, row);
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 10; i++) layout.Compute(image, row);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [Fact]
    public void A_frame_of_another_size_is_named()
    {
        var layout = new FeatureLayout(["dct_beta"], 32);
        var error = Assert.Throws<UserErrorException>(() =>
            FeatureExtractor.Extract(5, i =>
                new RgbImage(i == 3 ? 16 : 32, i == 3 ? 16 : 32), layout, cancellation: TestContext.Current.CancellationToken));
        Assert.Contains("Frame number 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancelling_stops_the_batch()
    {
        using var source = new CancellationTokenSource();
        var seen = 0;
        Assert.ThrowsAny<OperationCanceledException>(() => FeatureExtractor.Extract(
            100_000,
            i =>
            {
                if (Interlocked.Increment(ref seen) == 10) source.Cancel();
                return new RgbImage(16, 16);
            },
            new FeatureLayout(["dct_beta"], 16),
            cancellation: source.Token));
        Assert.True(seen < 100_000);
    }

    private sealed class Immediate(List<StepProgress> reports) : IProgress<StepProgress>
    {
        public void Report(StepProgress value)
        {
            lock (reports) reports.Add(value);
        }
    }
}
