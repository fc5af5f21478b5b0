using ForensicHeads.Experiments.Configuration;
using ForensicHeads.Experiments.Detection;
using ForensicHeads.Experiments.Heads;
using ForensicHeads.Foundation;
using ForensicHeads.Reporting.Figures;
using ForensicHeads.Reporting.Html;

namespace ForensicHeads.Experiments.Results;

/// <summary>The picture grid of the report: shot, ff and ft at every T, nobody, truth.</summary>
internal static class HeadGrid
{
    private const int People = 6;

    public static GridPicture Draw(ExperimentConfig config, IReadOnlyList<ExperimentFrame> frames)
    {
        var columns = new List<(string Title, Func<ExperimentFrame, bool> Is)> { ("shot", frame => frame.Record.Generator == FakeKind.NearestShot && frame.Record.Shots == config.Shots[0]) };
        foreach (var mode in new[] { "ff", "ft" })
        {
            foreach (var shots in config.Shots) columns.Add((FormattableString.Invariant($"{(mode == "ff" ? "feed-forward" : "fine-tuned")}\nT = {shots}"), frame => frame.Record.Mode == mode && frame.Record.Shots == shots));
        }

        columns.Add(("all\nframes", frame => frame.Record.Generator == FakeKind.AllFrames));
        columns.Add(("truth", frame => frame.IsReal));
        var everybody = frames.Select(frame => frame.Record.Identity).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var people = Enumerable.Range(0, Math.Min(People, everybody.Length)).Select(i => everybody[i * everybody.Length / Math.Min(People, everybody.Length)]);
        var rows = people.Select(person =>
        {
            var own = frames.Where(frame => frame.Record.Identity == person && frame.Record.Draw is null or 0).ToArray();
            var numbers = own.Where(frame => frame.IsReal).Select(frame => frame.Record.FrameNumber).Order().ToArray();
            var number = numbers[numbers.Length / 2];
            return new PictureRow(person, columns.Select(column => own.FirstOrDefault(frame => frame.Record.FrameNumber == number && column.Is(frame))?.Read()).ToArray());
        }).ToArray();
        var grid = new PictureGrid(columns.Select(column => column.Title).ToArray(), rows);
        return new GridPicture("heads", $"One driver frame of each of {rows.Length} test people: the one shot, then feed-forward (ff) and fine-tuned (ft) heads from {string.Join(", ", config.Shots)} shots, fine-tuned on everything, and the truth.", grid.ToPng());
    }
}
