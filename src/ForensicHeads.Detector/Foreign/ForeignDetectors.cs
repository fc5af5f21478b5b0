namespace ForensicHeads.Detector.Foreign;

/// <summary>Opens detectors of others.</summary>
public static class ForeignDetectors
{
    /// <summary>Largest ONNX file that is read, in bytes.</summary>
    public const long MostModelBytes = 1L << 30;

    /// <summary>Opens one.</summary>
    /// <param name="file">Its description.</param>
    /// <exception cref="UserErrorException">What it names is missing, too large, a link, outside the folder of the description, or not as
    /// described.</exception>
    public static IForeignDetector Open(DetectorFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var folder = Path.GetDirectoryName(Path.GetFullPath(file.Source))!;
        try
        {
            return file.Kind switch
            {
                DetectorKind.Onnx => OnnxDetector.FromBytes(file, PlainFile.ReadBytes(folder, file.File!, MostModelBytes)),
                DetectorKind.Scores => ScoresDetector.Open(file, folder),
                _ => ProgramDetector.Open(file, folder),
            };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(
                $"{file.Source}: file is '{PrintedText.Line(file.File!)}': {error.Message.TrimEnd('.')}. Put it beside the description, or "
                + "correct the name.", exitCode: 2, inner: error);
        }
    }
}
