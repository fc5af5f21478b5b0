namespace ForensicHeads.Datasets.Ingest;

/// <summary>One file to ingest and what its data set says of it.</summary>
public sealed record IngestInput
{
    /// <summary>Path below the root with forward slashes, as the data set names it.</summary>
    public required string File { get; init; }

    /// <summary>Absolute path, checked to lie inside the root.</summary>
    public required string FullPath { get; init; }

    /// <summary>The person.</summary>
    public required string Identity
    {
        get;
        init => field = IdentityName.Canonical(value);
    }

    /// <summary>Which of several faces is that person; null when nobody says.</summary>
    public FaceChoice? Face { get; init; }

    /// <summary>How its frames came to be.</summary>
    public FrameOrigin Origin { get; init; } = FrameOrigin.Real;

    /// <summary>For fakes, what drove them: a <see cref="File"/> of the same data set, or a person; null when nobody says.</summary>
    public string? Driver { get; init; }

    /// <summary>For fakes, the files of the data set that gave the shots; empty when nobody says.</summary>
    public IReadOnlyList<string> Reference { get; init; } = [];

    /// <summary>The part of the data set's own split that it belongs to, in the data set's word; null when there is none.</summary>
    public string? OfficialSplit { get; init; }

    /// <summary>Where it was collected from, such as a repository; null when nobody says.</summary>
    public string? Collection { get; init; }

    /// <summary>Licence of the file; empty when nobody states one.</summary>
    public string Licence { get; init; } = "";

    /// <summary>Whether this person may be a shot or a driver for generation.</summary>
    public bool MayGenerate { get; init; }

    /// <summary>Clips of one origin and encode share a group; empty when there is none.</summary>
    public string Group { get; init; } = "";
}
