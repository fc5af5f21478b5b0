namespace ForensicHeads.Statistics.Tests;

public class PairedRatioTests
{
    [Fact]
    public void The_paired_ratio_and_its_jackknife_on_the_log_scale_equal_numpys()
    {
        double[] first = [0.031, 0.052, 0.04, 0.027, 0.061, 0.038], second = [0.066, 0.071, 0.059, 0.049, 0.08, 0.033];
        var ratio = PairedRatio.Of([.. first.Zip(second)]);
        Assert.Equal(0.695530726257, ratio.Value!.Value, 1e-9);
        Assert.Equal(0.539030096914, ratio.Low!.Value, 1e-9);
        Assert.Equal(0.897469350853, ratio.High!.Value, 1e-9);
        Assert.Equal(new Estimate(0.5, 0.5, 0.5, 2), PairedRatio.Of([(1, 2), (2, 4)]));
        Assert.Null(PairedRatio.Of([(1, 0)]).Value);
        Assert.Null(PairedRatio.Of([(1, 2)]).Low);
    }
}
