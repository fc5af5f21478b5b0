namespace ForensicHeads.Datasets.Exports;

/// <summary>The forms in which a store goes out again. To add one, write a class and name it here.</summary>
public static class StoreExports
{
    /// <summary>All of them.</summary>
    public static Catalogue<IStoreExport> All { get; } = new(
        "form of export", new CroissantExport(), new CsvExport(), new DeepfakeBenchExport(), new HuggingFaceExport());

    /// <summary>Writes a store in a form.</summary>
    /// <param name="form">A name in <see cref="All"/>.</param>
    /// <param name="request">What, and where to.</param>
    /// <param name="progress">Counts frames.</param>
    /// <param name="cancellation">Stops between two frames; nothing lies under the name then.</param>
    /// <exception cref="UserErrorException">The folder is taken, the split names nobody of the store, or it cannot be written.</exception>
    public static ExportSummary Run(string form, ExportRequest request, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        var export = All.ByName(form);
        var plan = ExportPlan.Of(request);
        var target = ChosenPath.OfFolder(request.Out);
        if (Directory.Exists(target.Full) && Directory.EnumerateFileSystemEntries(target.Full).Any()) throw new UserErrorException(
            $"{target.Full} holds something already. Choose another --out, or empty it.", exitCode: 2);
        var staged = target.Temporary;
        try
        {
            OwnFiles.CreateFolder(staged.Folder, staged.Name);
            var notes = export.Write(plan, new ExportFolder(staged.Full, request.Store, progress, cancellation));
            OwnFiles.Replace(staged.Folder, staged.Name, target.Name);
            return new ExportSummary(plan.Sequences.Sum(sequence => sequence.Frames.Count), plan.Sequences.Count,
                [.. plan.Notes, .. notes]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{target.Full} cannot be written: {error.Message.TrimEnd('.')}. Choose another --out.",
                inner: error);
        }
        finally
        {
            OwnFiles.TryDelete(staged.Folder, staged.Name);
        }
    }
}

/// <summary>One form of export.</summary>
public interface IStoreExport : INamed
{
    /// <summary>For whom it is, in a few words.</summary>
    string For { get; }

    /// <summary>Writes everything.</summary>
    /// <param name="plan">What to write.</param>
    /// <param name="folder">Where to.</param>
    /// <returns>What the user should know or do, a line each.</returns>
    IReadOnlyList<string> Write(ExportPlan plan, ExportFolder folder);
}

/// <summary>What is to be exported.</summary>
public sealed record ExportRequest
{
    /// <summary>The store.</summary>
    public required FrameStore Store { get; init; }

    /// <summary>The folder to make.</summary>
    public required string Out { get; init; }

    /// <summary>What the data set is called; letters, digits, <c>-</c> and <c>_</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The day on which it is published.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Who trains, validates and is tested; null for the split that the data set came with, or none.</summary>
    public Split? Split { get; init; }
}

/// <summary>What an export wrote.</summary>
/// <param name="Frames">Pictures.</param>
/// <param name="Videos">Sequences: videos of a person, class and generator.</param>
/// <param name="Notes">What the user should know or do, a line each.</param>
public sealed record ExportSummary(int Frames, int Videos, IReadOnlyList<string> Notes);
