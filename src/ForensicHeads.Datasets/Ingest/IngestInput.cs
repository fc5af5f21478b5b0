using System.Text.Json.Serialization;

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

    /// <summary>For fakes, the person whose video was altered (background, pose, scene); null when nobody says.</summary>
    public string? Target { get; init; }

    /// <summary>For fakes, the person whose face or motion was put in; null when nobody says.</summary>
    public string? Source { get; init; }

    /// <summary>For fakes, when they are fake, in seconds from the start; null for all the time.</summary>
    public IReadOnlyList<(double From, double To)>? FakeSeconds { get; init; }

    /// <summary>Whether the sound is real or generated; null when nobody says.</summary>
    public Label? Sound { get; init; }

    /// <summary>The data set's compression level, such as <c>c23</c>; null where it has none.</summary>
    public string? Compression { get; init; }

    /// <summary>The clip that a picture is a frame of, and which; null where the file is a clip of its own.</summary>
    public ClipFrame? Frame { get; init; }

    /// <summary>Where the file lies inside of an archive, which <see cref="FullPath"/> then names; null for a file of its own.</summary>
    public ArchiveMember? Member { get; init; }

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

/// <summary>A frame that a data set ships as a picture.</summary>
/// <param name="Clip">The clip, by the path that its frames have in common.</param>
/// <param name="Number">Which frame, from 0.</param>
public sealed record ClipFrame(string Clip, int Number);

/// <summary>A file inside of another.</summary>
[JsonDerivedType(typeof(TarMember))]
[JsonDerivedType(typeof(ParquetMember))]
public abstract record ArchiveMember
{
    /// <summary>Writes its bytes.</summary>
    /// <param name="archive">Path of the file that it lies in.</param>
    /// <param name="to">Where to.</param>
    /// <exception cref="IOException">They are not there.</exception>
    /// <exception cref="InvalidDataException">They are not there.</exception>
    public abstract void CopyTo(string archive, Stream to);
}

/// <summary>A file inside of a plain tar archive.</summary>
/// <param name="Offset">Where its bytes begin.</param>
/// <param name="Length">How many there are.</param>
public sealed record TarMember(long Offset, long Length) : ArchiveMember
{
    /// <inheritdoc/>
    public override void CopyTo(string archive, Stream to)
    {
        ArgumentNullException.ThrowIfNull(to);
        using var from = PlainFile.Open(archive);
        from.Position = Offset;
        var buffer = new byte[1 << 16];
        for (var left = Length; left > 0;)
        {
            var read = from.Read(buffer, 0, (int)Math.Min(left, buffer.Length));
            if (read == 0) throw new EndOfStreamException("the archive ends in the middle of it");
            to.Write(buffer, 0, read);
            left -= read;
        }
    }
}
