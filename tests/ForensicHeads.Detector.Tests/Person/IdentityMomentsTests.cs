namespace ForensicHeads.Detector.Tests.Person;

public sealed class IdentityMomentsTests
{
    // Unit vectors at some angles: their cosines are those of the differences.
    private static float[][] At(params double[] degrees) =>
        [.. degrees.Select(angle => new[] { (float)Math.Cos(angle * Math.PI / 180), (float)Math.Sin(angle * Math.PI / 180) })];

    private static float[] Moments(float[] row, int lag) => row[(6 * lag)..(6 * (lag + 1))];

    private static double Cos(double degrees) => Math.Cos(degrees * Math.PI / 180);

    [Fact]
    public void Cosines_are_gathered_by_how_far_apart_the_frames_are()
    {
        var row = IdentityMoments.Of(At(0, 10, 40, 100));
        Assert.Equal(IdentityMoments.Columns.Count, row.Length);
        Assert.Equal("identity/mean_1", IdentityMoments.Columns[0]);
        // Neighbours: 10, 30 and 60 degrees apart; two or three frames apart: 40, 90 and 100.
        double[] near = [Cos(10), Cos(30), Cos(60)], far = [Cos(40), Cos(90), Cos(100)];
        foreach (var (lag, values) in new[] { (0, near), (1, far) })
        {
            var (moments, mean) = (Moments(row, lag), values.Average());
            var deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
            double[] sorted = [.. values.Order()];
            double[] expected =
            [
                mean, deviation, values.Average(value => Math.Pow((value - mean) / deviation, 3)),
                sorted[0] + (0.2 * (sorted[1] - sorted[0])), sorted[1], sorted[1] + (0.8 * (sorted[2] - sorted[1])),
            ];
            for (var i = 0; i < 6; i++) Assert.Equal(expected[i], moments[i], 1e-5);
        }

        // Too short for more: the last distance stands for the others.
        for (var lag = 2; lag < 5; lag++) Assert.Equal(Moments(row, 1), Moments(row, lag));
    }

    [Fact]
    public void A_clip_that_stands_still_has_cosines_of_1_and_a_single_frame_has_nothing()
    {
        var still = IdentityMoments.Of(At(5, 5, 5));
        Assert.Equal(1, still[0], 1e-6);
        Assert.All(Moments(still, 0)[1..3], value => Assert.InRange(value, -1e-3, 1e-3));
        Assert.All(IdentityMoments.Of(At(5)), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Every_pair_of_a_long_clip_counts_once()
    {
        // 40 frames, one degree each: the mean over all pairs at least 16 apart.
        var row = IdentityMoments.Of(At([.. Enumerable.Range(0, 40).Select(i => (double)i)]));
        var pairs = Enumerable.Range(16, 24).SelectMany(lag => Enumerable.Repeat(Cos(lag), 40 - lag)).ToArray();
        Assert.Equal(pairs.Average(), Moments(row, 4)[0], 1e-5);
    }
}
