namespace ForensicHeads.Datasets.Ingest;

/// <summary>One file after its analysis: its crops in the work folder, or the reason why there are none.</summary>
internal sealed record IngestedFile(string Folder, string Name, SpooledVideo? Video, bool Resumed, string? Failure)
{
    internal static IngestedFile Make(IngestInput input, string folder, FaceCropper cropper, FaceCropperOptions options, CancellationToken cancellation)
    {
        try
        {
            // Files that the probe will refuse unopened (empty ones, pipes, and those too long) are not read for their hash either.
            var readable = FileKinds.OfTarget(input.FullPath) == FileKind.Plain && new FileInfo(input.FullPath).Length is > 0 and var length && length <= options.Limits.MaxBytes;
            var name = SpooledVideo.Name(readable ? Hashes.OfFile(input.FullPath) : Hashes.OfText(input.File), options);
            if (SpooledVideo.Find(folder, name) is { } found) return new IngestedFile(folder, name, found, true, null);
            return new IngestedFile(folder, name, SpooledVideo.Make(folder, name, cropper, input.FullPath, options, null, cancellation), false, null);
        }
        catch (Exception error) when (error is not (OperationCanceledException or UserErrorException))
        {
            return new IngestedFile(folder, "", null, false, $"failed unexpectedly: {error.GetType().Name}: {error.Message.ReplaceLineEndings(" ")}");
        }
    }
}
