using System.Reflection;
using System.Text.Json;

namespace ForensicHeads.Detector.Folder;

/// <summary>
/// A detector as one folder: <c>model.zip</c> (ML.NET), <c>calibrator.json</c>, <c>reference.json</c>, <c>range.json</c>, the file of each
/// family with a trained model (<c>cnn.onnx</c>), <c>detector.json</c> with the hash of each.
/// </summary>
public sealed class SavedDetector : IDisposable
{
    private const long MaximumFileBytes = 512L << 20;
    private static string[] OwnNames =>
        [ModelFile, CalibratorFile, ReferenceFile, RangeFile, .. FeatureFamilies.Trained.All.Select(family => family.FileName)];
    private const string ManifestFile = "detector.json";
    private const string ModelFile = "model.zip";
    private const string CalibratorFile = "calibrator.json";
    private const string ReferenceFile = "reference.json";
    private const string RangeFile = "range.json";

    private SavedDetector(FrameDetector detector, FeatureLayout layout, VideoCalibrator? calibrator, FeatureReference? reference,
        TrainingRange? range, DetectorManifest manifest, string sha256)
    {
        Layout = layout;
        Reference = reference;
        Range = range;
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

    /// <summary>What its training clips look like as a whole; null in folders without, where nothing is too foreign to be judged.</summary>
    public TrainingRange? Range { get; }

    /// <summary>What it was trained on.</summary>
    public DetectorManifest Manifest { get; }

    /// <summary>SHA-256 of <c>detector.json</c>, which names the hashes of the rest: the detector's identity in reports.</summary>
    public string Sha256 { get; }

    /// <summary>Refuses a folder whose content a saved detector would replace: it must be missing, empty, or a detector as it was
    /// written.</summary>
    /// <exception cref="UserErrorException">It holds something else.</exception>
    public static void EnsureMayBeWritten(string folder)
    {
        if (File.Exists(folder)) throw new UserErrorException(
            $"{folder} is a file; a detector needs a folder of its own. Choose another --out.", exitCode: 2);
        if (!Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any()) return;
        var what = $"Choose another --out, or empty {folder} first.";
        if (!PlainFile.IsThere(folder, ManifestFile)) throw new UserErrorException(
            $"{folder} is not empty and holds no {ManifestFile}, so it is no detector. {what}", exitCode: 2);
        IReadOnlyDictionary<string, string> files;
        try
        {
            files = ReadManifest(folder).Files;
        }
        catch (UserErrorException error)
        {
            throw new UserErrorException($"{folder} holds a {ManifestFile} that this build does not read, so it is not replaced. {what}",
                exitCode: 2, inner: error);
        }

        foreach (var name in Directory.EnumerateFileSystemEntries(folder).Select(entry => Path.GetFileName(entry))
            .Where(name => name != ManifestFile).Order(StringComparer.Ordinal))
        {
            if (OwnNames.Contains(name) && files.TryGetValue(name, out var hash) && PlainFile.Hash(folder, name) == hash) continue;
            throw new UserErrorException(
                $"{folder} holds '{name}', which is no file of the detector there, or not as it was written. {what}", exitCode: 2);
        }
    }

    /// <summary>Writes the folder as a whole beside its place, then gives it its name: an interrupted save is never taken for a
    /// detector.</summary>
    /// <param name="folder">Missing, empty, or a detector, which is replaced.</param>
    /// <param name="detector">The scorer.</param>
    /// <param name="calibrator">The calibrator, or null.</param>
    /// <param name="manifest">What it was trained on.</param>
    /// <param name="reference">The average training frame; null for none.</param>
    /// <param name="networks">The families of the manifest that measure with a trained model; their files go into the folder.</param>
    /// <param name="range">What the training clips look like; null for a detector that judges whatever it is shown.</param>
    /// <returns>The manifest as written.</returns>
    /// <exception cref="UserErrorException">The folder cannot be written, or the manifest names a family with a model that was not
    /// given.</exception>
    public static DetectorManifest Save(
        string folder, FrameDetector detector, VideoCalibrator? calibrator, DetectorManifest manifest, FeatureReference? reference = null,
            IReadOnlyList<IFileFamily>? networks = null, TrainingRange? range = null)
    {
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(manifest);
        networks ??= [];
        if (FeatureFamilies.TrainedOf(manifest.Families)?.Name != FeatureFamilies.TrainedOf(networks.Select(family => family.Name))?.Name)
            throw new UserErrorException(
                $"The detector's families are {string.Join(", ", manifest.Families)}, but networks were given for: "
                + $"{string.Join(", ", networks.Select(family => family.Name))}. Give the network of each family that has one.");
        EnsureMayBeWritten(folder);
        var target = ChosenPath.OfFolder(folder);
        Leftovers.RemoveBeside(target.Full);
        var staged = target.Temporary;
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        WriteHashed(staged.Full, ModelFile, detector.ToBytes(), files);
        if (calibrator is not null) WriteHashed(staged.Full, CalibratorFile,
            System.Text.Encoding.UTF8.GetBytes(CanonicalJson.ToText(calibrator)), files);
        if (reference is not null) WriteHashed(staged.Full, ReferenceFile,
            System.Text.Encoding.UTF8.GetBytes(CanonicalJson.ToText(reference)), files);
        if (range is not null) WriteHashed(staged.Full, RangeFile, System.Text.Encoding.UTF8.GetBytes(CanonicalJson.ToText(range)), files);
        foreach (var network in networks) WriteHashed(staged.Full, network.FileName, network.FileBytes, files);
        var versions = new SortedDictionary<string, string>(ToolVersions().ToDictionary(), StringComparer.Ordinal);
        if (networks.Count > 0) versions["microsoft.ml.onnxruntime"] = OnnxSession.RuntimeVersion;
        var written = manifest with { Columns = detector.Columns, Files = files, Versions = versions };
        AtomicFile.WriteText(staged.Full, ManifestFile, CanonicalJson.ToText(written));
        Replace(target, staged);
        return written;
    }

    private static void Replace(ChosenPath target, ChosenPath staged)
    {
        try
        {
            OwnFiles.Replace(target.Folder, staged.Name, target.Name);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            OwnFiles.TryDelete(staged.Folder, staged.Name);
            throw new UserErrorException(
                $"Cannot write the detector {target.Full}: {error.Message.TrimEnd('.')}. {WriteFault.Remedy(error)}",
                inner: error);
        }
    }

    /// <summary>The files of a detector's folder whose bytes are as its manifest notes, and the manifest.</summary>
    public static IReadOnlyList<string> Confirmed(string folder, DetectorManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return [.. OwnNames.Where(name => manifest.Files.TryGetValue(name, out var hash) && PlainFile.Is(folder, name, hash)),
            ManifestFile];
    }

    /// <summary>The manifest of a folder, which may lack the files that it names.</summary>
    /// <exception cref="UserErrorException">Missing, or damaged.</exception>
    public static DetectorManifest ReadManifest(string folder)
    {
        var path = Path.Combine(folder, ManifestFile);
        // Another format may have another form, so its version comes first.
        var version = CanonicalJson.Read<JsonElement>(folder, ManifestFile);
        if (version.ValueKind == JsonValueKind.Object && version.TryGetProperty("format_version", out var number)
            && number.ValueKind == JsonValueKind.Number && number.GetDouble() != DetectorManifest.CurrentFormat)
            throw new UserErrorException(
                $"{path} has format version {number}, this build reads {DetectorManifest.CurrentFormat}; train the detector again.");
        var manifest = CanonicalJson.Read<DetectorManifest>(folder, ManifestFile);
        if (manifest.Files is null || manifest.Families is null || manifest.Options is null || manifest.TrainingStores is null
            || manifest.Files.Values.Any(hash => hash is null))
            throw new UserErrorException(
                $"{path} holds null where files, families, options or training stores belong; restore the folder or train the detector "
                + "again.");
        return manifest;
    }

    /// <summary>Opens a folder after checking every hash; the bytes that were hashed are the bytes that are loaded.</summary>
    /// <exception cref="UserErrorException">A file is missing, changed, outside the folder, or of another format.</exception>
    public static SavedDetector Load(string folder)
    {
        var manifestPath = Path.Combine(folder, ManifestFile);
        if (!PlainFile.IsThere(folder, ManifestFile)) throw new UserErrorException(
            $"{folder} holds no {ManifestFile}, so it is not a detector; train one with `detect train --out {folder}`.");
        var manifest = ReadManifest(folder);
        var contents =
            manifest.Files.ToDictionary(file => file.Key, file => ReadChecked(folder, file.Key, file.Value), StringComparer.Ordinal);
        if (!contents.TryGetValue(ModelFile, out var model)) throw new UserErrorException(
            $"{manifestPath} names no {ModelFile}; restore the folder or train the detector again.");
        var layout = Open(manifest, contents, manifestPath);
        var detector = FrameDetector.FromBytes(model);
        if (detector.Columns != manifest.Columns || layout.Length != manifest.Columns)
        {
            detector.Dispose();
            Close(layout);
            throw new UserErrorException(
                $"{folder}: the model reads {detector.Columns} columns, the families give {layout.Length}, {ManifestFile} says "
                    + $"{manifest.Columns}; train the detector again.");
        }

        try
        {
            var calibrator = contents.TryGetValue(CalibratorFile, out var json)
                ? Parse<VideoCalibrator>(json, Path.Combine(folder, CalibratorFile)) : null;
            var reference = contents.TryGetValue(ReferenceFile, out var values)
                ? Parse<FeatureReference>(values, Path.Combine(folder, ReferenceFile)) : null;
            if (reference is not null && (reference.Values is null || reference.Values.Count != manifest.Columns))
                throw new UserErrorException(
                    $"{Path.Combine(folder, ReferenceFile)} holds {reference.Values?.Count ?? 0} values for {manifest.Columns} columns; "
                    + "train the detector again.");
            var range = contents.TryGetValue(RangeFile, out var facts)
                ? Parse<TrainingRange>(facts, Path.Combine(folder, RangeFile)) : null;
            if (range is { IsWhole: false }) throw new UserErrorException(
                $"{Path.Combine(folder, RangeFile)} does not hold {TrainingRange.Columns.Count} values of each kind; train the detector "
                + "again.");
            return new SavedDetector(detector, layout, calibrator, reference, range, manifest, PlainFile.Hash(folder, ManifestFile));
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
        if (FeatureFamilies.TrainedOf(manifest.Families) is not { } trained)
            return FeatureLayout.Of(manifest.Families, manifest.Size, []);
        if (!contents.TryGetValue(trained.FileName, out var bytes)) throw new UserErrorException(
            $"{manifestPath} names the family '{trained.Name}', but no {trained.FileName}; restore the folder or train the detector "
            + "again.");
        var network = trained.Open(bytes, Path.Combine(Path.GetDirectoryName(manifestPath)!, trained.FileName));
        try
        {
            return FeatureLayout.Of(manifest.Families, manifest.Size, [network]);
        }
        catch
        {
            network.Dispose();
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
            throw new UserErrorException(
                $"{path} is no {OptionCheck.Words(typeof(T).Name)}: {error.Describe()} Train the detector again.", inner: error);
        }
    }

    private static void WriteHashed(string folder, string name, ReadOnlyMemory<byte> bytes, SortedDictionary<string, string> files)
    {
        AtomicFile.WriteBytes(folder, name, bytes);
        files[name] = Hashes.Of(bytes.Span);
    }

    private static byte[] ReadChecked(string folder, string name, string expected)
    {
        var path = Path.Combine(folder, name);
        if (!OwnNames.Contains(name)) throw new UserErrorException(
            $"{ManifestFile} names '{name}', which leaves the detector's folder or is none of its files ({string.Join(", ", OwnNames)}). "
            + "Do not use this detector.");
        if (!PlainFile.IsThere(
            folder, name)) throw new UserErrorException($"{path} is missing; restore the folder or train the detector again.");
        var bytes = PlainFile.ReadBytes(folder, name, MaximumFileBytes);
        var actual = Hashes.Of(bytes);
        if (!string.Equals(actual, expected, StringComparison.Ordinal))
            throw new UserErrorException(
                $"{path} was changed: SHA-256 {actual}, {ManifestFile} says {expected}. Restore the file or train the detector again.");
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

/// <summary><c>reference.json</c>: what a frame looks like on average in training, both classes weighing the same. Families are set to it
/// to see what they did to a score.</summary>
/// <param name="Values">float32[columns], finite.</param>
public sealed record FeatureReference(IReadOnlyList<float> Values)
{
    /// <summary>Mean over the training rows, weighted as the trainer weighs them; over those that know the value, and 0 where none
    /// does.</summary>
    public static FeatureReference Of(IReadOnlyList<LabelledFeatures> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var weights = ExampleWeights.Of(rows);
        var (sums, totals) = (new double[rows[0].Features.Length], new double[rows[0].Features.Length]);
        for (var i = 0; i < rows.Count; i++)
        {
            for (var c = 0; c < sums.Length; c++)
            {
                if (float.IsNaN(rows[i].Features[c])) continue;
                sums[c] += (double)weights[i] * rows[i].Features[c];
                totals[c] += weights[i];
            }
        }

        return new FeatureReference([.. sums.Zip(totals, (sum, total) => total > 0 ? (float)(sum / total) : 0)]);
    }
}
