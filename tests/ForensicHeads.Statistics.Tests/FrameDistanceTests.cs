namespace ForensicHeads.Statistics.Tests;

public class FrameDistanceTests
{
    // features() of tests/reference/statistics.py: five people, four frames each, vectors of six values.
    private static float[][][] Features(long seed, double shift)
    {
        var lcg = new Lcg(seed);
        return [.. Enumerable.Range(0, 5).Select(_ =>
        {
            double[] effect = [.. Enumerable.Range(0, 6).Select(_ => lcg.Uniform())];
            return Enumerable.Range(0, 4)
                .Select(_ => Enumerable.Range(0, 6).Select(k => (float)(effect[k] + lcg.Uniform() + (k < 2 ? shift : 0))).ToArray())
                .ToArray();
        })];
    }

    private static FeatureSet Set(long seed, double shift) => new(Features(seed, shift));

    private static FeatureSet OneEach(params float[][] vectors) => new([.. vectors.Select(vector => new[] { vector })]);

    [Fact]
    public void Kid_its_interval_and_a_paired_difference_equal_numpy()
    {
        var (truth, first, second) = (Set(11, 0), Set(12, 0.5), Set(13, 0.2));
        var kid = KernelDistance.Of(truth, first).Interval();
        Assert.Equal(1.74557132789, kid.Value!.Value, 1e-9);
        Assert.Equal(-0.780905573328, kid.Low!.Value, 1e-9);
        Assert.Equal(4.27204822911, kid.High!.Value, 1e-9);
        var difference = KernelDistance.Of(truth, first).Minus(KernelDistance.Of(truth, second)).Interval();
        Assert.Equal(0.898645808023, difference.Value!.Value, 1e-9);
        Assert.Equal(-3.2001078699, difference.Low!.Value, 1e-9);
        Assert.Equal(4.99739948595, difference.High!.Value, 1e-9);
    }

    [Fact]
    public void Kid_of_four_numbers_is_what_a_hand_makes_of_them()
    {
        // d = 1: k(1, 2) = 27, k(0, 3) = 1; across: k(1, 0) = 1, k(1, 3) = 64, k(2, 0) = 1, k(2, 3) = 343; 27 + 1 − 2 · 409 / 4.
        var kid = KernelDistance.Of(OneEach([1], [2]), OneEach([0], [3])).Interval();
        Assert.Equal(27 + 1 - (2 * 409 / 4.0), kid.Value!.Value, 1e-12);
        // Without one of the two people a single frame is left: no interval.
        Assert.Null(kid.Low);
        // Made to equal the true ones: 1 beside 0 and 2 beside 3 do not count.
        Assert.Equal(27 + 1 - (2 * (64 + 1) / 2.0),
            KernelDistance.Of(OneEach([1], [2]), OneEach([0], [3]), paired: true).Interval().Value!.Value, 1e-12);
    }

    [Fact]
    public void Kid_of_made_frames_that_follow_the_true_ones_is_unbiased_only_without_those_pairs()
    {
        // One distribution, but made frame i depends on true frame i: nothing is wrong with the made ones taken alone.
        var random = new Foundation.SeededRandom(4, "kid");
        var (apart, together) = (new List<double>(), new List<double>());
        for (var round = 0; round < 40; round++)
        {
            float[][] truth =
                [.. Enumerable.Range(0, 20).Select(_ => Enumerable.Range(0, 5).Select(_ => (float)random.Gaussian()).ToArray())];
            float[][] made =
                [.. truth.Select(frame => Array.ConvertAll(frame, value => (0.8f * value) + (0.6f * (float)random.Gaussian())))];
            apart.Add(KernelDistance.Of(OneEach(truth), OneEach(made), paired: true).Interval().Value!.Value);
            together.Add(KernelDistance.Of(OneEach(truth), OneEach(made)).Interval().Value!.Value);
        }

        double Error(List<double> values) =>
            Math.Sqrt(values.Sum(value => (value - values.Average()) * (value - values.Average())) / values.Count / values.Count);
        Assert.InRange(apart.Average(), -3 * Error(apart), 3 * Error(apart));
        Assert.True(together.Average() < -3 * Error(together));
        Assert.Equal(0, KernelDistance.Of(Set(11, 0), Set(11, 0), paired: true).Interval().Value!.Value, 1e-9);
    }

    [Fact]
    public void Kid_is_unbiased_where_a_plain_mean_over_all_pairs_would_see_a_distance()
    {
        // Two draws of one distribution, a frame a person: over 40 pairs of sets the estimates stand around 0, the biased ones far above.
        var random = new Foundation.SeededRandom(3, "kid");
        float[][] Draw() =>
            [.. Enumerable.Range(0, 20).Select(_ => Enumerable.Range(0, 5).Select(_ => (float)random.Gaussian()).ToArray())];
        var values = Enumerable.Range(0, 40).Select(_ => KernelDistance.Of(OneEach(Draw()), OneEach(Draw())).Interval().Value!.Value)
            .ToArray();
        var error = Math.Sqrt(values.Sum(value => value * value) / values.Length / values.Length);
        Assert.InRange(values.Average(), -3 * error, 3 * error);
        Assert.InRange(values.Count(value => value < 0), 10, 34);
    }

    [Fact]
    public void Kid_of_a_set_against_itself_is_a_little_below_zero_and_of_a_shifted_one_above()
    {
        var truth = Set(11, 0);
        Assert.InRange(KernelDistance.Of(truth, Set(11, 0)).Interval().Value!.Value, -0.6, 0);
        Assert.True(KernelDistance.Of(truth, Set(11, 0.5)).Interval().Low > 0);
    }

    [Fact]
    public void The_frechet_distance_its_interval_and_a_paired_difference_equal_scipys_and_it_vanishes_for_equal_sets()
    {
        var truth = new FrechetDistance(Set(11, 0));
        var distance = truth.To(Set(12, 0.5));
        void Equal(double value, double low, double high, Estimate estimate)
        {
            Assert.Equal(value, estimate.Value!.Value, 1e-8);
            Assert.Equal(low, estimate.Low!.Value, 1e-8);
            Assert.Equal(high, estimate.High!.Value, 1e-8);
        }

        Equal(0.730130116766, 0.00216292212449, 1.45809731141, distance.Interval());
        Equal(0.156077648403, -1.01231856334, 1.32447386014, distance.Minus(truth.To(Set(13, 0.2))).Interval());
        Assert.Equal(0, new FrechetDistance(Set(11, 0)).To(Set(11, 0)).Value!.Value, 1e-7);
    }

    [Fact]
    public void The_frechet_distance_of_numbers_is_that_of_means_and_deviations()
    {
        // Means 1 and 4; variances with n − 1: 2 and 8. (4 − 1)² + (√8 − √2)² = 9 + 2.
        Assert.Equal(11, new FrechetDistance(OneEach([0], [2])).To(OneEach([2], [6])).Value!.Value, 1e-9);
        // With fewer frames than values the covariances are singular; nothing breaks.
        Assert.True(double.IsFinite(new FrechetDistance(OneEach([0, 1, 2], [2, 1, 0])).To(OneEach([1, 1, 1], [2, 2, 5])).Value!.Value));
    }

    [Fact]
    public void Too_few_frames_are_undefined_and_unlike_vectors_are_refused()
    {
        Assert.Null(KernelDistance.Of(OneEach([1]), OneEach([2])).Interval().Value);
        Assert.Null(new FrechetDistance(OneEach([1])).To(OneEach([2])).Value);
        Assert.Throws<ArgumentException>(() => OneEach([1], [2, 3]));
        Assert.Throws<ArgumentException>(() => KernelDistance.Of(OneEach([1], [2]), OneEach([1, 1], [2, 2])));
        Assert.Throws<ArgumentException>(() => KernelDistance.Of(OneEach([1], [2]), OneEach([1])));
        Assert.Throws<ArgumentException>(() => KernelDistance.Of(new FeatureSet([[[1f], [2f]]]), new FeatureSet([[[1f]]]), paired: true));
        Assert.Throws<ArgumentException>(() => new FrechetDistance(OneEach([1], [2])).To(OneEach([1, 1], [2, 2])));
    }
}
