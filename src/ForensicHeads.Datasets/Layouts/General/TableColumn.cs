namespace ForensicHeads.Datasets.Layouts.General;

/// <summary>A column of the tables of general formats, which exports write and layouts read.</summary>
/// <param name="Name">Its name in exports.</param>
/// <param name="Read">The names that are read, the first with a value counts.</param>
internal sealed record TableColumn(string Name, params IReadOnlyList<string> Read)
{
    /// <summary>The picture or video, relative to the table.</summary>
    public static TableColumn FileName { get; } = new("file_name", "file_name", "video_file_name", "image_file_name");

    /// <summary>Real or generated.</summary>
    public static TableColumn Label { get; } = new("label", "label", "labels", "class", "target_label", "is_fake", "fake", "y");

    /// <summary>The person.</summary>
    public static TableColumn Identity { get; } = new("identity", "identity", "person_id", "person", "speaker_id", "speaker", "subject",
        "actor", "identity_id");

    /// <summary>Of a fake, what made it.</summary>
    public static TableColumn Generator { get; } = new("generator", "generator", "method", "model", "manipulation");

    /// <summary>Of a fake, who drives.</summary>
    public static TableColumn Driver { get; } = new("driver_identity", "driver_identity", "driver");

    /// <summary>The part of the split.</summary>
    public static TableColumn Part { get; } = new("split", "official_split", "split", "subset", "partition");

    /// <summary>Where it was collected from.</summary>
    public static TableColumn Collection { get; } = new("collection", "collection", "dataset");

    /// <summary>The licence.</summary>
    public static TableColumn Licence { get; } = new("licence", "licence", "license");

    /// <summary>What it shares with others.</summary>
    public static TableColumn Group { get; } = new("group", "group");
}
