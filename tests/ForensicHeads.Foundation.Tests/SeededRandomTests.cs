namespace ForensicHeads.Foundation.Tests;

public class SeededRandomTests
{
    [Fact]
    public void Same_seed_and_name_give_the_same_sequence_and_another_name_another()
    {
        var first = new SeededRandom(7, "shots");
        var again = new SeededRandom(7, "shots");
        var other = new SeededRandom(7, "drivers");
        var a = Enumerable.Range(0, 100).Select(_ => first.NextBits()).ToArray();
        Assert.Equal(a, Enumerable.Range(0, 100).Select(_ => again.NextBits()).ToArray());
        Assert.NotEqual(a, Enumerable.Range(0, 100).Select(_ => other.NextBits()).ToArray());
    }

    [Fact]
    public void Uniform_integers_cover_their_range_evenly()
    {
        var stream = new SeededRandom(3, "dice");
        var counts = new int[6];
        for (var i = 0; i < 60_000; i++) counts[stream.NextInt(6)]++;
        // Binomial standard deviation is 91; five of them.
        Assert.All(counts, count => Assert.InRange(count, 10_000 - 456, 10_000 + 456));
    }

    [Fact]
    public void Gaussian_draws_have_the_stated_mean_and_deviation()
    {
        var stream = new SeededRandom(4, "normal");
        var draws = Enumerable.Range(0, 40_000).Select(_ => stream.Gaussian(2, 3)).ToArray();
        var mean = draws.Average();
        var deviation = Math.Sqrt(draws.Select(d => (d - mean) * (d - mean)).Average());
        Assert.Equal(2, mean, 0.075);
        Assert.Equal(3, deviation, 0.055);
    }
}
