using ForensicHeads.Foundation;

namespace ForensicHeads.Generator.Training;

/// <summary>Mean absolute change of frames under another person's ê, relative to the standard deviation of the true frames' values.</summary>
internal sealed class SwapChange
{
    private long values;
    private long difference;
    private long sum;
    private long squares;

    /// <summary>The change so far; null before the first frame, and for frames of one single value.</summary>
    public double? Relative
    {
        get
        {
            var mean = (double)sum / values;
            var deviation = Math.Sqrt(((double)squares / values) - (mean * mean));
            return deviation > 0 ? (double)difference / values / deviation : null;
        }
    }

    /// <summary>Takes one person's frames in, in whole grey levels, so that the order of adding changes nothing.</summary>
    public void Add(RgbImage truth, RgbImage own, RgbImage swapped)
    {
        values += truth.Pixels.Length;
        for (var i = 0; i < truth.Pixels.Length; i++)
        {
            difference += Math.Abs(own.Pixels[i] - swapped.Pixels[i]);
            sum += truth.Pixels[i];
            squares += truth.Pixels[i] * truth.Pixels[i];
        }
    }
}
