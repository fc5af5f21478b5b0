using System.Buffers.Binary;
using System.Text.Json.Serialization;

namespace ForensicHeads.Detector.Person;

/// <summary>A person who is watched over, as <c>detect enroll</c> keeps them: vectors of references, and on whose word. No picture is in
/// it, but a vector tells a person again: keep it as you keep a photo.</summary>
public sealed record EnrolledPerson
{
    /// <summary>What vectors and scores mean; another version's do not compare.</summary>
    public const string CurrentVersion = "person-1";

    // Float32 keeps seven digits; a vector this far from length 1 was damaged.
    private const double LengthTolerance = 1e-3;

    /// <summary><see cref="CurrentVersion"/> of the toolkit that wrote it.</summary>
    public required string Version { get; init; }

    /// <summary>Version of the toolkit that wrote it.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>The person, as the consent record names them.</summary>
    public required string Identity { get; init; }

    /// <summary>Consent, as it was when the person was enrolled.</summary>
    public required ConsentRecord Consent { get; init; }

    /// <summary>Name of the recogniser.</summary>
    public required string Network { get; init; }

    /// <summary>SHA-256 over the hashes of its files.</summary>
    public required string NetworkSha256 { get; init; }

    /// <summary>How alike the references are; null for a single one.</summary>
    public ReferenceSpread? Spread { get; init; }

    /// <summary>The references, at least one.</summary>
    public required IReadOnlyList<PersonReference> References { get; init; }

    /// <summary>The recogniser.</summary>
    /// <exception cref="UserErrorException">Another recogniser, or another version of it, made the vectors.</exception>
    public RecogniserDesign Design(string path)
    {
        if (RecogniserDesign.Find(Network) is not { } design) throw new UserErrorException(
            $"{path} was made with the network '{Network}', and {string.Join(" or ", RecogniserDesign.All.Select(one => one.Name))} are "
            + "known here. Enroll the person again.");
        return design.Sha256 == NetworkSha256 ? design : throw new UserErrorException(
            $"{path} was made with another version of {Network} (SHA-256 {Start(NetworkSha256)}; this is {Start(design.Sha256)}), whose "
            + "numbers do not compare. Enroll the person again.");
    }

    /// <summary>The references as vectors.</summary>
    public PersonReferences Held() => new([.. References.Select(reference => reference.Values())]);

    /// <summary>Writes it, whole or not at all.</summary>
    public void Save(string path) => AtomicFile.WriteText(path, CanonicalJson.ToText(this));

    /// <summary>Reads one that somebody hands in.</summary>
    /// <exception cref="UserErrorException">Missing, damaged, or of another version or network.</exception>
    public static EnrolledPerson Load(string path)
    {
        var text = PlainFile.Reading($"the person file {path}", () => PlainFile.ReadText(path), "Check the path.");
        var file = CanonicalJson.OfText<EnrolledPerson>(text, path);
        if (file.Version != CurrentVersion) throw new UserErrorException(
            $"{path} is of the version '{file.Version}', and '{CurrentVersion}' is read here. Enroll the person again.");
        if (IdentityName.Fault(file.Identity) is { } fault || !IdentityName.Same(file.Identity, file.Consent.Identity))
            throw Damaged(path, "its name and its consent record do not fit");
        var length = file.Design(path).Length;
        if (file.References.Count == 0) throw Damaged(path, "it holds no reference");
        foreach (var (i, reference) in file.References.Index())
        {
            if (reference.Bytes() is not { } bytes || bytes.Length != length * sizeof(float) || !IsUnit(reference.Values()))
                throw Damaged(path, $"reference {i + 1} is no unit vector of {length} numbers");
        }

        var spread = file.Held().Spread;
        if (!Near(spread?.Mean, file.Spread?.Mean) || !Near(spread?.Deviation, file.Spread?.Deviation))
            throw Damaged(path, "the spread of its references is not what their vectors give");
        return file;
    }

    private static bool IsUnit(float[] vector) => Math.Abs(vector.Sum(value => (double)value * value) - 1) < LengthTolerance;

    private static bool Near(double? one, double? other) => one is null ? other is null : other is { } found
        && Math.Abs(one.Value - found) < LengthTolerance;

    private static string Start(string hash) => hash.Length > 12 ? hash[..12] : hash;

    private static UserErrorException Damaged(string path, string what) =>
        new($"{path} is damaged: {what}. Restore it, or enroll the person again.");
}

/// <summary>One picture of the person.</summary>
/// <param name="Source">Name of its file, without folders.</param>
/// <param name="Sha256">SHA-256 of that file.</param>
/// <param name="Frame">Number of the frame, from 0.</param>
/// <param name="Reduction">Source pixels that made one of what the recogniser saw; below 1 the face was enlarged.</param>
/// <param name="Vector">float32, little endian, in base64.</param>
public sealed record PersonReference(string Source, string Sha256, int Frame, double Reduction, string Vector)
{
    /// <summary>What it is called in messages.</summary>
    [JsonIgnore]
    public string Name => Frame == 0 ? Source : FormattableString.Invariant($"{Source}, frame {Frame}");

    /// <summary>A reference of a vector.</summary>
    public static PersonReference Of(string source, string sha256, SeenFace face)
    {
        ArgumentNullException.ThrowIfNull(face);
        var bytes = new byte[face.Vector.Length * sizeof(float)];
        for (var i = 0; i < face.Vector.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)),
            face.Vector[i]);
        return new PersonReference(source, sha256, face.Frame.FrameNumber, Math.Round(face.Reduction, 2), Convert.ToBase64String(bytes));
    }

    /// <summary>The unit vector.</summary>
    /// <exception cref="FormatException">It is not in base64.</exception>
    public float[] Values()
    {
        var bytes = Convert.FromBase64String(Vector);
        var values = new float[bytes.Length / sizeof(float)];
        for (var i = 0; i < values.Length; i++) values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i * sizeof(float)));
        return values;
    }

    /// <summary>The vector's bytes; null where it is not in base64.</summary>
    internal byte[]? Bytes()
    {
        var bytes = new byte[Vector.Length];
        return Convert.TryFromBase64String(Vector, bytes, out var written) ? bytes[..written] : null;
    }
}
