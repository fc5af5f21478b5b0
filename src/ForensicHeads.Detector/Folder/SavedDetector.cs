using System.Reflection;
using ForensicHeads.Foundation;

namespace ForensicHeads.Detector;

/// <summary>
/// A detector as one folder: <c>model.zip</c> (ML.NET), <c>calibrator.json</c>, <c>reference.json</c>, the file of each family with a trained model
/// (<c>cnn.onnx</c>), <c>detector.json</c> with the hash of each.
/// </summary>
public sealed class SavedDetector : IDisposable
{
    private const long MaximumFileBytes = 512L << 20;
    private const string ManifestFile = "detector.json";
    private const string ModelFile = "model.zip";
    private const string CalibratorFile = "calibrator.json";
    private const string ReferenceFile = "reference.json";

    private SavedDetector(FrameDetector detector, FeatureLayout layout, VideoCalibrator? calibrator, FeatureReference? reference, DetectorManifest manifest, string sha256)
    {
        Layout = layout;
        Reference = reference;
        Detector = detector;
        Calibrator = calibrator;
        Manifest = manifest;
        Sha256 = sha256;
    }

    /// <summary>The scorer.</summary>
    public FrameDetector Detector { get; }

    /// <summary>Measures pictures as the detector wants them, with the networks of its folder.</summary>
    public FeatureLayout Layout { get; }

    /// <summary>The calibrator; null for a detector that gives scores but no verdicts.</summary>
    public VideoCalibrator? Calibrator { get; }

    /// <summary>The average training frame; null in folders without one, where families cannot be told apart.</summary>
    public FeatureReference? Reference { get; }

    /// <summary>What it was trained on.</summary>
    public DetectorManifest Manifest { get; }

    /// <summary>SHA-256 of <c>detector.json</c>, which names the hashes of the rest: the detector's identity in reports.</summary>
    public string Sha256 { get; }

    /// <summary>Writes the folder; <c>detector.json</c> last, so that an interrupted save is never taken for a detector.</summary>
    /// <param name="folder">Made where it is missing.</param>
    /// <param name="detector">The scorer.</param>
    /// <param name="calibrator">The calibrator, or null.</param>
    /// <param name="manifest">What it was trained on.</param>
    /// <param name="reference">The average training frame; null for none.</param>
    /// <param name="networks">The families of the manifest that measure with a trained model; their files go into the folder.</param>
    /// <returns>The manifest as written.</returns>
    /// <exception cref="UserErrorException">The folder cannot be written, or the manifest names a family with a model that was not given.</exception>
    public static DetectorManifest Save(
        string folder, FrameDetector detector, VideoCalibrator? calibrator, DetectorManifest manifest, FeatureReference? reference = null, IReadOnlyList<IFileFamily>? networks = null)
    {
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(manifest);
        networks ??= [];
        if (manifest.Families.Contains(CnnFamily.FamilyName) != networks.Any(family => family.Name == CnnFamily.FamilyName))
            throw new UserErrorException($"The detector's families are {string.Join(", ", manifest.Families)}, but networks were given for: {string.Join(", ", networks.Select(family => family.Name))}. Give the network of each family that has one.");
        // An older manifest must not vouch for the new files while they are being written.
        var manifestPath = Path.Combine(folder, ManifestFile);
        if (File.Exists(manifestPath)) File.Delete(manifestPath);
        Leftovers.RemoveIn(folder);
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        WriteHashed(folder, ModelFile, detector.ToBytes(), files);
        if (calibrator is not null) WriteHashed(folder, CalibratorFile, System.Text.Encoding.UTF8.GetBytes(CanonicalJson.ToText(calibrator)), files);
        if (reference is not null) WriteHashed(folder, ReferenceFile, System.Text.Encoding.UTF8.GetBytes(CanonicalJson.ToText(reference)), files);
        foreach (var network in networks) WriteHashed(folder, network.FileName, network.FileBytes, files);
        var versions = new SortedDictionary<string, string>(ToolVersions().ToDictionary(), StringComparer.Ordinal);
        if (networks.Count > 0) versions["microsoft.ml.onnxruntime"] = VersionOf(typeof(Microsoft.ML.OnnxRuntime.InferenceSession));
        var written = manifest with { Columns = detector.Columns, Files = files, Versions = versions };
        AtomicFile.WriteText(manifestPath, CanonicalJson.ToText(written));
        return written;
    }

    /// <summary>Opens a folder after checking every hash; the bytes that were hashed are the bytes that are loaded.</summary>
    /// <exception cref="UserErrorException">A file is missing, changed, outside the folder, or of another format.</exception>
    public static SavedDetector Load(string folder)
    {
        var manifestPath = Path.Combine(folder, ManifestFile);
        if (!File.Exists(manifestPath)) throw new UserErrorException($"{folder} holds no {ManifestFile}, so it is not a detector; train one with `detect train --out {folder}`.");
        var manifest = CanonicalJson.Read<DetectorManifest>(manifestPath);
        if (manifest.FormatVersion != DetectorManifest.CurrentFormat)
            throw new UserErrorException($"{manifestPath} has format version {manifest.FormatVersion}, this build reads {DetectorManifest.CurrentFormat}; train the detector again.");
        if (manifest.Files is null || manifest.Families is null || manifest.Options is null || manifest.Files.Values.Any(hash => hash is null))
            throw new UserErrorException($"{manifestPath} holds null where files, families or options belong; restore the folder or train the detector again.");
        var contents = manifest.Files.ToDictionary(file => file.Key, file => ReadChecked(folder, file.Key, file.Value), StringComparer.Ordinal);
        if (!contents.TryGetValue(ModelFile, out var model)) throw new UserErrorException($"{manifestPath} names no {ModelFile}; restore the folder or train the detector again.");
        var layout = Open(manifest, contents, manifestPath);
        var detector = FrameDetector.FromBytes(model);
        if (detector.Columns != manifest.Columns || layout.Length != manifest.Columns)
        {
            detector.Dispose();
            Close(layout);
            throw new UserErrorException(
                $"{folder}: the model reads {detector.Columns} columns, the families give {layout.Length}, {ManifestFile} says {manifest.Columns}; train the detector again.");
        }

        try
        {
            var calibrator = contents.TryGetValue(CalibratorFile, out var json) ? Parse<VideoCalibrator>(json, Path.Combine(folder, CalibratorFile)) : null;
            var reference = contents.TryGetValue(ReferenceFile, out var values) ? Parse<FeatureReference>(values, Path.Combine(folder, ReferenceFile)) : null;
            if (reference is not null && (reference.Values is null || reference.Values.Count != manifest.Columns))
                throw new UserErrorException($"{Path.Combine(folder, ReferenceFile)} holds {reference.Values?.Count ?? 0} values for {manifest.Columns} columns; train the detector again.");
            return new SavedDetector(detector, layout, calibrator, reference, manifest, Hashes.OfFile(manifestPath));
        }
        catch
        {
            detector.Dispose();
            Close(layout);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Detector.Dispose();
        Close(Layout);
    }

    private static FeatureLayout Open(DetectorManifest manifest, Dictionary<string, byte[]> contents, string manifestPath)
    {
        if (!manifest.Families.Contains(CnnFamily.FamilyName)) return FeatureLayout.Of(manifest.Families, manifest.Size, []);
        if (!contents.TryGetValue(CnnFamily.ModelFile, out var bytes)) throw new UserErrorException($"{manifestPath} names the family '{CnnFamily.FamilyName}', but no {CnnFamily.ModelFile}; restore the folder or train the detector again.");
        var cnn = CnnFamily.FromBytes(bytes, Path.Combine(Path.GetDirectoryName(manifestPath)!, CnnFamily.ModelFile));
        try
        {
            return FeatureLayout.Of(manifest.Families, manifest.Size, [cnn]);
        }
        catch
        {
            cnn.Dispose();
            throw;
        }
    }

    private static void Close(FeatureLayout layout)
    {
        foreach (var family in layout.FileFamilies) family.Dispose();
    }

    private static T? Parse<T>(byte[] json, string path)
        where T : class
    {
        try
        {
            return System.Text.Json.JsonSerializer.Deserialize<T>(json, CanonicalJson.Indented);
        }
        catch (System.Text.Json.JsonException error)
        {
            throw new UserErrorException($"{path} is no {typeof(T).Name}: {error.Message} Train the detector again.", inner: error);
        }
    }

    private static void WriteHashed(string folder, string name, ReadOnlyMemory<byte> bytes, SortedDictionary<string, string> files)
    {
        AtomicFile.WriteBytes(Path.Combine(folder, name), bytes);
        files[name] = Hashes.Of(bytes.Span);
    }

    private static byte[] ReadChecked(string folder, string name, string expected)
    {
        var path = Path.Combine(folder, name);
        if (name.Length == 0 || name != Path.GetFileName(name) || name is "." or ".." || name.Contains('\\', StringComparison.Ordinal))
            throw new UserErrorException($"{ManifestFile} names '{name}', which leaves the detector's folder; only plain file names are allowed. Do not use this detector.");
        if (!File.Exists(path)) throw new UserErrorException($"{path} is missing; restore the folder or train the detector again.");
        if (new FileInfo(path).LinkTarget is not null)
            throw new UserErrorException($"{path} is a link, which may leave the detector's folder; only plain files are allowed. Copy the file itself there.");
        var length = new FileInfo(path).Length;
        if (length > MaximumFileBytes) throw new UserErrorException($"{path} has {length} bytes; at most {MaximumFileBytes} are read. Do not use this detector.");
        var bytes = File.ReadAllBytes(path);
        var actual = Hashes.Of(bytes);
        if (!string.Equals(actual, expected, StringComparison.Ordinal))
            throw new UserErrorException($"{path} was changed: SHA-256 {actual}, {ManifestFile} says {expected}. Restore the file or train the detector again.");
        return bytes;
    }

    /// <summary>Versions of this toolkit and of the library behind the detector.</summary>
    public static IReadOnlyDictionary<string, string> ToolVersions() => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["forensicheads"] = VersionOf(typeof(SavedDetector)),
        ["microsoft.ml"] = VersionOf(typeof(Microsoft.ML.MLContext)),
    };

    /// <summary>The package's version; what follows a plus sign is the commit it was built from.</summary>
    private static string VersionOf(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}
