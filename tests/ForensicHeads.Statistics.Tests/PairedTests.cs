namespace ForensicHeads.Statistics.Tests;

public class PairedTests
{
    [Fact]
    public void Paired_mean_equals_scipys_t_interval_and_the_enumerated_sign_flip_p()
    {
        var (difference, p) = PairedMean.Compare([0.31, -0.12, 0.2, 0.05, 0.4, -0.02, 0.17]);
        Assert.Equal(0.141428571429, difference.Value!.Value, 1e-9);
        Assert.Equal(-0.0283865208431, difference.Low!.Value, 1e-9);
        Assert.Equal(0.3112436637, difference.High!.Value, 1e-9);
        Assert.Equal(0.09375, p);
    }

    [Fact]
    public void Sign_flip_of_five_equal_signs_is_one_sixteenth_and_of_nothing_is_one()
    {
        Assert.Equal(1.0 / 16, SignFlip.Test([1, 2, 3, 4, 5]));
        Assert.Equal(1, SignFlip.Test([0, 0, 0]));
        Assert.Equal(1, SignFlip.Test([1, -1]));
        Assert.Null(SignFlip.Test([]));
    }

    [Fact]
    public void Monte_Carlo_above_twenty_people_is_seeded_and_near_the_exact_answer()
    {
        var exact = SignFlip.Test([.. Enumerable.Range(0, 20).Select(i => i % 3 == 0 ? -1.0 : 1.1)])!.Value;
        double[] more = [.. Enumerable.Range(0, 20).Select(i => i % 3 == 0 ? -1.0 : 1.1), 1e-9];
        Assert.Equal(exact, SignFlip.Test(more, 1)!.Value, 0.01);
        Assert.Equal(SignFlip.Test(more, 1), SignFlip.Test(more, 1));
        Assert.NotEqual(SignFlip.Test(more, 1), SignFlip.Test(more, 2));
    }

    [Fact]
    public void Holm_multiplies_by_what_is_left_never_descends_and_skips_nulls() =>
        Assert.Equal([0.03, null, 0.06, 0.06], Holm.Adjust([0.01, null, 0.04, 0.03]).Select(p => p is null ? p : Math.Round(p.Value, 12)));

    [Fact]
    public void Holm_equals_the_p_adjust_of_R() =>
        Assert.Equal([0.04, 0.09, 0.09, 0.025, 0.9], Holm.Adjust([0.01, 0.04, 0.03, 0.005, 0.9]).Select(p => Math.Round(p!.Value, 12)));
}
