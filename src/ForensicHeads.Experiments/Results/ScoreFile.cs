using Parquet;
using Parquet.Schema;

namespace ForensicHeads.Experiments.Results;

/// <summary>Writes and reads <c>scores.parquet</c>: one row a scored frame of a test person, per detector and condition.</summary>
internal static class ScoreFile
{
    private static readonly ScoreColumn<ScoredItem>[] Columns =
    [
        Text("key", item => item.Key), Text("identity", item => item.Identity), Text("video", item => item.Video),
        Text("label", item => item.Origin.Label.Text()), Text("mode", item => item.Mode?.ToString(), true),
        ScoreColumn<ScoredItem>.Count("shots", item => item.Origin.Shots), ScoreColumn<ScoredItem>.Count("draw", item => item.Origin.Draw),
        Text("arm", item => item.Origin.Arm?.Text(), true), Text("anchor", item => item.Anchor, true),
        Text("weights", item => item.Origin.Weights.Length == 0 ? null : item.Origin.Weights, true),
        Text("condition", item => item.Condition), Text("detector", item => item.Detector),
        ScoreColumn<ScoredItem>.Number("score", item => item.Score),
    ];

    /// <summary>Name of the file in a report's folder.</summary>
    public const string Name = "scores.parquet";

    // As for an index: the library can be made to run in circles.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Writes the frame-level items; scores are logits relative to the threshold, positive = generated.</summary>
    public static void Write(string folder, IReadOnlyList<ScoredItem> items)
    {
        var rows = items.Where(item => item.Level == Level.Frame).OrderBy(item => item.Detector, StringComparer.Ordinal)
            .ThenBy(item => item.Condition, StringComparer.Ordinal).ThenBy(item => item.Key, StringComparer.Ordinal).ToArray();
        ScoreColumn<ScoredItem>.WriteFile(folder, Columns, rows);
    }

    /// <summary>The frame-level items that were written; probabilities and likelihood ratios are not kept.</summary>
    /// <exception cref="UserErrorException">The file is missing, damaged or lacks a column.</exception>
    public static IReadOnlyList<ScoredItem> Read(string folder)
    {
        var path = Path.Combine(folder, Name);
        try
        {
            using var stream = PlainFile.Open(folder, Name);
            return Task.Run(() => ReadAsync(stream, path)).WaitAsync(Patience).GetAwaiter().GetResult();
        }
        catch (Exception error) when (error is not (UserErrorException or OutOfMemoryException))
        {
            // Parquet.Net answers a damaged file with whatever its parser trips over.
            throw new UserErrorException(
                $"{path} cannot be read: {error.Message.ReplaceLineEndings(" ").TrimEnd('.')}. Restore it or run the experiment again.",
                inner: error);
        }
    }

    private static async Task<IReadOnlyList<ScoredItem>> ReadAsync(FileStream stream, string path)
    {
        ParquetFooter.Check(stream);
        stream.Position = 0;
        await using var reader = await ParquetReader.CreateAsync(stream, leaveStreamOpen: true).ConfigureAwait(false);
        var missing = Columns.Where(column => !column.Field.IsNullable).Select(column => column.Field.Name)
            .FirstOrDefault(name => reader.Schema.Fields.All(field => field.Name != name));
        if (missing is not null) throw new UserErrorException($"{path} lacks the column {missing}. Run the experiment again.");
        var items = new List<ScoredItem>();
        for (var i = 0; i < reader.RowGroupCount; i++)
        {
            using var group = reader.OpenRowGroupReader(i);
            var count = (int)group.RowCount;
            async Task<string?[]> Strings(string name)
            {
                var values = new string?[count];
                // Files of earlier versions lack a column that may be empty.
                if (reader.Schema.Fields.All(field => field.Name != name)) return values;
                await group.ReadAsync(Field(reader, name), values.AsMemory()).ConfigureAwait(false);
                return values;
            }

            async Task<int?[]> Numbers(string name)
            {
                var values = new int?[count];
                await group.ReadAsync<int>(Field(reader, name), values.AsMemory()).ConfigureAwait(false);
                return values;
            }

            var (key, identity, video, label) =
                (await Strings("key").ConfigureAwait(false), await Strings("identity").ConfigureAwait(false),
                await Strings("video").ConfigureAwait(false), await Strings("label").ConfigureAwait(false));
            var (mode, arm, anchor, weights) = (await Strings("mode").ConfigureAwait(false), await Strings("arm").ConfigureAwait(false),
                await Strings("anchor").ConfigureAwait(false), await Strings("weights").ConfigureAwait(false));
            var (condition, detector, shots, draw) =
                (await Strings("condition").ConfigureAwait(false), await Strings("detector").ConfigureAwait(false),
                await Numbers("shots").ConfigureAwait(false), await Numbers("draw").ConfigureAwait(false));
            var score = new double[count];
            await group.ReadAsync<double>(Field(reader, "score"), score.AsMemory()).ConfigureAwait(false);
            items.AddRange(Enumerable.Range(0, count).Select(row => new ScoredItem
            {
                Key = key[row]!,
                Identity = identity[row]!,
                Video = video[row]!,
                Origin = Origin(row),
                Condition = condition[row]!,
                Detector = Detectors.Today(detector[row]!),
                Level = Level.Frame,
                Score = score[row],
            }));

            FrameOrigin Origin(int row) => OriginText.LabelOf(label[row]) != Label.Generated ? FrameOrigin.Real : new FrameOrigin
            {
                Label = Label.Generated,
                Generator = anchor[row] ?? (OriginText.ModeOf(mode[row]) is null ? mode[row] : Generators.FewShot.Name),
                Mode = OriginText.ModeOf(mode[row]),
                Shots = shots[row],
                Draw = draw[row],
                Arm = OriginText.ArmOf(arm[row]),
                Weights = weights[row] ?? "",
            };
        }

        return items;
    }

    private static DataField Field(ParquetReader reader, string name) => reader.Schema.GetDataFields().First(field => field.Name == name);

    private static ScoreColumn<ScoredItem> Text(string name, Func<ScoredItem, string?> value, bool nullable = false) =>
        ScoreColumn<ScoredItem>.Text(name, value, nullable);
}
