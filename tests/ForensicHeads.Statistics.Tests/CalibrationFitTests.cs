namespace ForensicHeads.Statistics.Tests;

public class CalibrationFitTests
{
    [Fact]
    public void The_logistic_fit_equals_a_general_minimiser()
    {
        var golden = Golden.Load("detector_features.json").GetProperty("platt");
        var (slope, intercept) = PlattFit.Fit(
            Golden.Doubles(golden.GetProperty("score")),
            [.. Golden.Doubles(golden.GetProperty("label")).Select(label => label == 1)],
            Golden.Doubles(golden.GetProperty("weight")));
        // Nelder and Mead stop at about the square root of the loss's rounding.
        Assert.Equal(golden.GetProperty("slope").GetDouble(), slope, 1e-6);
        Assert.Equal(golden.GetProperty("intercept").GetDouble(), intercept, 1e-6);
    }

    // Values of a NumPy transcription of the elub function (log10 form) of the NFI program lir; lir itself could not be installed where
    // they were made.
    [Theory]
    [InlineData(40, 1.0, 1.0, -0.75, 0.65)]
    [InlineData(200, 0.8, 1.0, -0.48, 0.49)]
    [InlineData(15, 2.0, 3.0, -0.30, 0.30)]
    [InlineData(60, -0.5, 1.0, 0, 0)]
    [InlineData(500, 1.5, 0.9, -1.28, 1.28)]
    public void Elub_bounds_equal_a_numpy_transcription_of_lir(int pairs, double shift, double scale, double lower, double upper)
    {
        var llrs = new double[2 * pairs];
        var labels = new bool[2 * pairs];
        for (var k = 0; k < llrs.Length; k++)
        {
            labels[k] = k % 2 == 1;
            var u = k * 0.6180339887498949 % 1;
            llrs[k] = (scale * (Math.Log(u + 1e-3) - Math.Log(1 - u + 1e-3)) / 2) + (shift * (labels[k] ? 1 : -1) / 2);
        }

        var bounds = Elub.Bounds(llrs, labels);
        Assert.Equal(lower, bounds.Lower, 1e-6);
        Assert.Equal(upper, bounds.Upper, 1e-6);
    }
}
