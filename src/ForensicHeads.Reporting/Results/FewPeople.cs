namespace ForensicHeads.Reporting.Results;

/// <summary>Says how wide the intervals of a small experiment are, so that nobody reads a flat line as a finding.</summary>
public static class FewPeople
{
    /// <summary>From this many test people on nothing is said.</summary>
    public const int Enough = 15;

    /// <summary>One sentence for the headline's condition and level, or null with 15 people or more or without intervals.</summary>
    public static string? Warning(ExperimentResults results)
    {
        var headline = results.Headline;
        var widths = results.AccuracyPerShot.Where(row => row.Condition == headline.Condition && row.Level == headline.Level).Select(row => row.AucCiHigh - row.AucCiLow).OfType<double>().ToArray();
        return headline.NIdentities >= Enough || widths.Length == 0 ? null
            : $"Only {NumberText.Count(headline.NIdentities, "test person", "test people")}: the 95 % intervals of AUC are {NumberText.Prose(widths.Min())} to {NumberText.Prose(widths.Max())} wide, and smaller differences cannot be seen.";
    }
}
