using System.Text.RegularExpressions;

namespace ForensicHeads.Detector.Foreign;

/// <summary>Range checks of a detector file; the error names file, key, value and what is allowed.</summary>
/// <param name="source">The file, for messages.</param>
internal sealed partial class DetectorFileCheck(string source)
{
    private const int MostLetters = 500;
    private const long MostNumbers = 1 << 28;
    private const int MostSeconds = 7 * 24 * 3600;

    /// <summary>Checks every value.</summary>
    public void Check(DetectorFile file)
    {
        Require(PathPart.IsPlain(file.Name), "name", Quoted(file.Name), PathPart.Allowed);
        Line("licence", file.Licence);
        if (file.Version is { } version) Line("version", version);
        if (file.TrainedOn is { } trainedOn) Line("trained_on", trainedOn);
        if (file.File is { } name) Line("file", name);
        if (file.Sha256 is { } hash) Require(Sha256().IsMatch(hash), "sha256", Quoted(hash), "64 digits of 0-9 and a-f");
        if (file.Table is { } table)
        {
            Line("table.name", table.Name);
            Line("table.score", table.Score);
            Require(table.Separator is [not ('"' or '\r' or '\n')], "table.separator", Quoted(table.Separator), "one letter, no quote");
        }

        file.Input?.Check(this);
        file.Crop?.Check(this);
        file.Output?.Check(this);
        file.Frames?.Check(this);
        file.Clip?.Check(this);
        file.Check?.Check(this, file.Output);
        if (file.Input is { } input)
            Require((long)PictureTensor.Channels * input.Width * input.Height * (file.Clip?.Frames ?? 1) <= MostNumbers, "input.size",
                $"[{input.Width}, {input.Height}]{(file.Clip is { } clip ? $" for {clip.Frames} frames" : "")}",
                $"{MostNumbers} numbers for a picture or window");
        if (file.Kind != DetectorKind.Command) return;
        Require(file.Command.Count > 0, "command", "an empty list", "a program, then its arguments");
        Require(file.Command.Any(part => part?.Contains("{list}", StringComparison.Ordinal) == true)
            && file.Command.Any(part => part?.Contains("{out}", StringComparison.Ordinal) == true), "command",
            string.Join(' ', file.Command.Select(part => Quoted(part ?? ""))), "a list that names {list} and {out}");
        Lines("command", file.Command);
        Line("folder", file.Folder);
        Lines("environment", file.Environment);
        Lines("ignore", file.Ignore);
        Between("timeout_seconds", file.TimeoutSeconds, 1, MostSeconds);
    }

    /// <summary>Throws unless it holds.</summary>
    /// <exception cref="UserErrorException">It does not.</exception>
    public void Require(bool holds, string key, object value, string allowed)
    {
        if (!holds) throw new UserErrorException(
            FormattableString.Invariant($"{source}: {key} is {value}; allowed is {allowed}. Correct the file."), exitCode: 2);
    }

    /// <summary>From the least to the most, both allowed.</summary>
    public void Between(string key, double value, double least, double most) =>
        Require(value >= least && value <= most, key, value, FormattableString.Invariant($"{least} to {most}"));

    /// <summary>One line that says something.</summary>
    public void Line(string key, string? value) =>
        Require(value?.Trim().Length is > 0 and <= MostLetters && !value.Any(char.IsControl), key, Quoted(value ?? ""),
            $"one line of 1 to {MostLetters} letters");

    /// <summary>As many numbers as there are channels, each from the least to the most.</summary>
    public void Channels(string key, IReadOnlyList<double> values, double least, double most) =>
        Require(values.Count == PictureTensor.Channels && values.All(value => value >= least && value <= most), key, List(values),
            FormattableString.Invariant($"three numbers of {least} to {most}"));

    /// <summary>Numbers as they stand in the file.</summary>
    public static string List(IEnumerable<double> values) =>
        $"[{string.Join(", ", values.Select(value => FormattableString.Invariant($"{value}")))}]";

    private void Lines(string key, IReadOnlyList<string> values)
    {
        foreach (var value in values) Line(key, value);
    }

    private static string Quoted(string text) => $"'{PrintedText.Line(text)}'";

    [GeneratedRegex(@"^[0-9a-f]{64}\z")]
    private static partial Regex Sha256();
}
