using System.Text.RegularExpressions;

namespace ForensicHeads.Datasets.Layouts.Speakers;

/// <summary>CREMA-D: 91 actors; the name says actor, sentence, emotion and level.</summary>
public sealed partial class CremaDLayout() : PublishedLayout("crema-d", "CREMA-D", "VideoFlash/1001_DFA_ANG_XX.flv", "ODbL 1.0, DbCL 1.0")
{
    private const int Clips = 7442;
    private const int Actors = 91;
    private static readonly Dictionary<string, string> Bad = new(StringComparer.OrdinalIgnoreCase)
    {
        ["1076_MTI_NEU_XX"] = NoLength,
        ["1076_MTI_SAD_XX"] = NoLength,
        ["1064_TIE_SAD_XX"] = NoLength,
        ["1064_IEO_DIS_MD"] = "it lasts a minute",
    };

    private const string NoLength = "it has no usable length";

    /// <inheritdoc/>
    public override string? Recognise(DatasetTree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        return tree.Media.FirstOrDefault(file => Clip().IsMatch(file));
    }

    /// <inheritdoc/>
    protected override void Read(DatasetReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        foreach (var file in reading.Tree.Media)
        {
            if (Clip().Match(file) is not { Success: true } match) continue;
            var name = match.Groups["name"].Value;
            if (Bad.TryGetValue(name, out var why)) reading.Leave(file, $"flagged as bad by its makers: {why}");
            else reading.Add(reading.Input(file, match.Groups["actor"].Value) with { Group = "crema-d " + name });
        }

        reading.Expect("clips", Clips, reading.Inputs.Select(input => input.Group).Distinct().Count());
        reading.Expect("actors", Actors, reading.Inputs.Select(input => input.Identity).Distinct().Count());
    }

    [GeneratedRegex(@"(?:^|/)(?<name>(?<actor>1\d{3})_(?:IEO|TIE|IOM|IWW|TAI|MTI|IWL|ITH|DFA|ITS|TSI|WSI)_(?:ANG|DIS|FEA|HAP|NEU|SAD)_"
        + @"(?:LO|MD|HI|XX|X))\.\w+$", RegexOptions.IgnoreCase)]
    private static partial Regex Clip();
}
