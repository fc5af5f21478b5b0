namespace ForensicHeads.Detector.Features;

/// <summary>A feature family that measures with a trained model: a detector's folder carries the model's file.</summary>
public interface IFileFamily : IFeatureFamily, IDisposable
{
    /// <summary>Name of the file in a detector's folder.</summary>
    string FileName { get; }

    /// <summary>The file's content.</summary>
    ReadOnlyMemory<byte> FileBytes { get; }

    /// <summary>SHA-256 of the content.</summary>
    string Sha256 { get; }
}
