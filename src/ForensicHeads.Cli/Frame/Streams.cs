using System.Text;

namespace ForensicHeads.Cli.Frame;

/// <summary>The error stream as a command needs it: where nobody can be told anything any more, the work goes on.</summary>
/// <param name="inner">The stream itself.</param>
internal sealed class TolerantWriter(TextWriter inner) : TextWriter
{
    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => Try(() => inner.Write(value));

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Try(() => inner.Write(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(string? value) => Try(() => inner.Write(value));

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Try(() => inner.WriteLine(value));

    /// <inheritdoc/>
    public override void Flush() => Try(inner.Flush);

    private static void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A full disk, or a reader that is gone.
        }
    }
}

/// <summary>The output stream, on which the result itself goes: that it cannot be written is an error.</summary>
internal static class ResultOutput
{
    /// <summary>Writes results.</summary>
    /// <exception cref="UserErrorException">They cannot be written.</exception>
    public static void Write(TextWriter output, Action<TextWriter> write)
    {
        try
        {
            write(output);
            output.Flush();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(
                $"The work is done, but what it gave could not be written to standard output: {error.Message.TrimEnd('.')}. Files lie "
                + "under their final names; to see the rest, run the command again with an output that takes it.", inner: error);
        }
    }
}
