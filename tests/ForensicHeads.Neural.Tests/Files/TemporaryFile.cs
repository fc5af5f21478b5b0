namespace ForensicHeads.Neural.Tests.Files;

/// <summary>A file name that is free again at the end.</summary>
internal sealed class TemporaryFile : IDisposable
{
    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"forensicheads-{Guid.NewGuid():N}.safetensors");

    public void Dispose() => File.Delete(Path);
}
