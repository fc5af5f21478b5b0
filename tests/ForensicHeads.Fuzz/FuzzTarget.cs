namespace ForensicHeads.Fuzz;

/// <summary>One parser of ours, how bytes get to it, and which errors it may answer with.</summary>
internal abstract class FuzzTarget : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("forensicheads-fuzz-");

    /// <summary>Good inputs, which must be read.</summary>
    public abstract IReadOnlyList<byte[]> Seeds { get; }

    /// <summary>Reads an input the way the toolkit does.</summary>
    /// <returns>True where it was read, false where it was refused as documented. Whatever else is wrong comes as an exception.</returns>
    public bool Try(byte[] input)
    {
        try
        {
            Read(input);
            return true;
        }
        catch (Exception error) when (IsDocumented(error))
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public virtual void Dispose()
    {
        folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>A path in a folder of the target's own, which goes with it.</summary>
    protected string this[string name] => Path.Combine(folder.FullName, name);

    /// <summary>Gives the bytes to the parser.</summary>
    protected abstract void Read(byte[] input);

    /// <summary>An error that the parser's documentation names and a user can do something about.</summary>
    protected virtual bool IsDocumented(Exception error) =>
        error is Foundation.UserErrorException && !string.IsNullOrWhiteSpace(error.Message);
}
