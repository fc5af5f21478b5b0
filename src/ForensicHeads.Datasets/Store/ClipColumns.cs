namespace ForensicHeads.Datasets.Store;

/// <summary>The columns of a row group in which the frames of a clip are alike.</summary>
internal sealed class ClipColumns
{
    private readonly IndexColumns columns;
    private readonly List<int[]> texts = [];
    private readonly List<long[]> numbers = [];

    private int[] identity = [], video = [], sourceHash = [], codec = [], licence = [], origin = [], status = [], label = [],
        generator = [], weights = [], mode = [], driverVideo = [];

    private long[] track = [], sourceWidth = [], sourceHeight = [], shots = [], draw = [];
    private bool[] mayGenerate = [];
    private (SaidColumn Column, int[] Texts)[] said = [];

    private ClipColumns(IndexColumns columns) => this.columns = columns;

    /// <summary>Reads them, and says where rows are not like the one before.</summary>
    public static async Task<IEnumerable<IndexClip>> ReadAsync(IndexColumns columns)
    {
        var read = new ClipColumns(columns);
        await read.Read().ConfigureAwait(false);
        return read.Clips();
    }

    private IEnumerable<IndexClip> Clips()
    {
        var begins = new bool[columns.Rows];
        foreach (var column in texts) Mark<int>(column);
        foreach (var column in numbers) Mark<long>(column);
        Mark<bool>(mayGenerate);
        for (var i = 0; i < begins.Length; i++) if (i == 0 || begins[i]) yield return new IndexClip(columns.FirstRow + i, Clip(i));

        void Mark<T>(T[] values)
            where T : struct, IEquatable<T>
        {
            for (var i = 1; i < begins.Length; i++) begins[i] |= !values[i].Equals(values[i - 1]);
        }
    }

    private async Task Read()
    {
        identity = await Texts("identity").ConfigureAwait(false);
        video = await Texts("video").ConfigureAwait(false);
        track = await Small("track").ConfigureAwait(false);
        sourceHash = await Texts("source_sha256").ConfigureAwait(false);
        codec = await Texts("source_codec").ConfigureAwait(false);
        sourceWidth = await Small("source_width").ConfigureAwait(false);
        sourceHeight = await Small("source_height").ConfigureAwait(false);
        licence = await Texts("licence").ConfigureAwait(false);
        mayGenerate = await columns.Flags("may_generate").ConfigureAwait(false);
        origin = await Texts("group").ConfigureAwait(false);
        status = await Texts("status").ConfigureAwait(false);
        label = await Texts("label").ConfigureAwait(false);
        generator = await Texts("generator", nullable: true).ConfigureAwait(false);
        weights = await Texts("weights_sha256", nullable: true).ConfigureAwait(false);
        mode = await Texts("mode", nullable: true).ConfigureAwait(false);
        shots = await Small("shots", nullable: true).ConfigureAwait(false);
        draw = await Small("draw", nullable: true).ConfigureAwait(false);
        driverVideo = await Texts("driver_video", nullable: true).ConfigureAwait(false);
        var found = new List<(SaidColumn, int[])>();
        foreach (var column in SaidColumn.All.Where(column => columns.Has(column.Name)))
            found.Add((column, await Texts(column.Name, nullable: true).ConfigureAwait(false)));
        said = [.. found];
    }

    private async Task<int[]> Texts(string name, bool nullable = false)
    {
        texts.Add(await columns.Texts(name, nullable).ConfigureAwait(false));
        return texts[^1];
    }

    private async Task<long[]> Small(string name, bool nullable = false)
    {
        numbers.Add(await columns.Small(name, nullable).ConfigureAwait(false));
        return numbers[^1];
    }

    private FrameRecord Clip(int i) =>
        said.Aggregate(Plain(i), (row, item) => columns.Text(item.Texts[i]) is { Length: > 0 } text ? item.Column.With(row, text) : row);

    private FrameRecord Plain(int i) => new()
    {
        Key = "",
        Landmarks = null!,
        Identity = columns.Text(identity[i])!,
        Video = columns.Text(video[i])!,
        Track = (int)track[i],
        SourceSha256 = columns.Text(sourceHash[i])!,
        SourceCodec = columns.Text(codec[i])!,
        SourceWidth = (int)sourceWidth[i],
        SourceHeight = (int)sourceHeight[i],
        Licence = columns.Text(licence[i])!,
        MayGenerate = mayGenerate[i],
        Group = columns.Text(origin[i])!,
        Status = columns.Text(status[i])!,
        Origin = Origin(i),
        WeightsSha256 = columns.Text(weights[i]),
        DriverVideo = columns.Text(driverVideo[i]),
    };

    private FrameOrigin Origin(int i)
    {
        var made = new FrameOrigin
        {
            Label = columns.Text(label[i]) is var word && OriginText.LabelOf(word) is { } known ? known
                : throw Wrong("label", word!, "real and generated", i),
            Generator = columns.Text(generator[i]),
            Mode = columns.Text(mode[i]) is { } text ? OriginText.ModeOf(text) ?? throw Wrong("mode", text, "ff, ft and null", i) : null,
            Shots = IndexColumns.Number(shots[i]),
            Draw = IndexColumns.Number(draw[i]),
        };
        return made == FrameOrigin.Real ? FrameOrigin.Real : made;
    }

    private UserErrorException Wrong(string name, string value, string allowed, int row) => new(
        FormattableString.Invariant($"{columns.Path}: {name} in row {columns.FirstRow + row} is '{value}'; allowed are {allowed}. ")
        + "Mend the value or make the store again.");
}
