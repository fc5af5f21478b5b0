using System.Text.Json.Serialization;
using ForensicHeads.Detector.Conditions;

namespace ForensicHeads.Reporting.Sections.Horizon;

/// <summary>The detection horizon: the H.264 rate factor at which heads of T shots are told from real frames with AUC .75 alone.</summary>
public sealed record HorizonRow
{
    /// <summary>The area that counts as detection.</summary>
    public const double Area = 0.75;

    /// <summary>The detector.</summary>
    public required string Detector { get; init; }

    /// <summary><c>ff</c> or <c>ft</c>.</summary>
    public required Method Mode { get; init; }

    /// <summary>The arm of fine-tuning; null for feed-forward heads.</summary>
    [JsonConverter(typeof(ArmJson))]
    public Arm? Arm { get; init; }

    /// <summary><c>frame</c> or <c>video</c>.</summary>
    public required Level Level { get; init; }

    /// <summary>T.</summary>
    public required int Shots { get; init; }

    /// <summary>The rate factor, interpolated between those that were tried; null where the area does not fall to .75 among
    /// them.</summary>
    public double? Crf { get; init; }

    /// <summary>Lower 95 % limit, jackknife over people.</summary>
    public double? CiLow { get; init; }

    /// <summary>Upper 95 % limit.</summary>
    public double? CiHigh { get; init; }

    /// <summary>Test people.</summary>
    public int NIdentities { get; init; }

    /// <summary>Why there is no horizon, or no interval; null where there are both.</summary>
    public string? Warning { get; init; }

    /// <summary>The rate factor of a condition that compresses video; null for others.</summary>
    public static int? CrfOf(string condition) =>
        FrameConditions.All.All.OfType<H264Condition>().FirstOrDefault(one => one.Name == condition)?.Crf;

    /// <summary>The horizon of each detector, mode, arm and T at one level; nothing where fewer than two rate factors were tried.</summary>
    /// <param name="items">Test people, scored by every detector.</param>
    /// <param name="level">The headline's.</param>
    public static IReadOnlyList<HorizonRow> Of(IReadOnlyList<ScoredItem> items, Level level)
    {
        var coded = items.Where(item => item.Level == level).GroupBy(item => (item.Detector, item.Condition))
            .Select(part => (part.Key.Detector, Crf: CrfOf(part.Key.Condition), Items: part.ToArray()))
            .Where(part => part.Crf is not null).ToLookup(part => part.Detector, StringComparer.Ordinal);
        return
        [
            .. from detector in coded
               where detector.Count() > 1
               from heads in detector.SelectMany(part => part.Items).Where(item => item is { Shots: not null, Mode.IsHead: true })
                   .GroupBy(item => (Mode: item.Mode!.Value, item.Arm, Shots: item.Shots!.Value))
               orderby detector.Key, heads.Key.Mode, heads.Key.Arm, heads.Key.Shots
               select Row(detector.Key, level, heads.Key, detector.OrderBy(part => part.Crf).Select(part => ((double)part.Crf!,
                   (IReadOnlyList<ClusteredScore>)[.. part.Items.Where(item => !item.Generated
                       || (item.Mode, item.Arm, item.Shots) == (heads.Key.Mode, heads.Key.Arm, heads.Key.Shots))
                       .Select(item => item.Clustered)]))),
        ];
    }

    private static HorizonRow Row(string detector, Level level, (Method Mode, Arm? Arm, int Shots) heads,
        IEnumerable<(double, IReadOnlyList<ClusteredScore>)> steps)
    {
        var crossing = AreaCrossing.Of([.. steps], Area);
        return new HorizonRow
        {
            Detector = detector,
            Mode = heads.Mode,
            Arm = heads.Arm,
            Level = level,
            Shots = heads.Shots,
            Crf = crossing.Value,
            CiLow = crossing.Low,
            CiHigh = crossing.High,
            NIdentities = crossing.Identities,
            Warning = crossing.Warning,
        };
    }
}
