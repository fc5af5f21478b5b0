using System.Text.RegularExpressions;

namespace ForensicHeads.Datasets.Layouts.Speakers;

/// <summary>RAVDESS: 24 actors; seven numbers in the name, of which the last is the actor. The video without sound is the one with sound
/// once more.</summary>
public sealed partial class RavdessLayout() : PublishedLayout("ravdess", "RAVDESS",
    "Video_Speech_Actor_01/Actor_01/01-01-06-01-02-01-12.mp4", "CC BY-NC-SA 4.0")
{
    private const int Actors = 24;

    /// <inheritdoc/>
    public override string? Recognise(DatasetTree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        return tree.Media.FirstOrDefault(file => Take().IsMatch(file));
    }

    /// <inheritdoc/>
    protected override void Read(DatasetReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        var found = reading.Tree.Media.Select(file => (File: file, Match: Take().Match(file))).Where(one => one.Match.Success)
            .OrderBy(one => one.Match.Groups["mode"].Value, StringComparer.Ordinal).ToArray();
        var taken = new Dictionary<string, string>(StringComparer.Ordinal);
        var moved = new List<string>();
        foreach (var (file, match) in found)
        {
            var take = match.Groups["take"].Value;
            // 01 has sound and picture, 02 the picture alone, 03 the sound alone.
            if (match.Groups["mode"].Value is not ("01" or "02")) continue;
            if (!taken.TryAdd(take, file)) reading.Leave(file, "the same take as a file that is read");
            else reading.Add(reading.Input(file, match.Groups["actor"].Value) with { Group = "ravdess " + take });
            if (Folder().Match(reading.Tree.Above + file) is { Success: true } folder
                && folder.Groups[1].Value != match.Groups["actor"].Value)
                moved.Add(file);
        }

        reading.Note("files lie in another actor's folder; their names count", moved);
        reading.Expect("actors", Actors, reading.Inputs.Select(input => input.Identity).Distinct().Count());
    }

    [GeneratedRegex(@"(?:^|/)(?<mode>0[123])-(?<take>0[12]-0[1-8]-0[12]-0[12]-0[12]-(?<actor>\d{2}))\.\w+$")]
    private static partial Regex Take();

    [GeneratedRegex(@"Actor_(\d{2})/[^/]+$")]
    private static partial Regex Folder();
}
