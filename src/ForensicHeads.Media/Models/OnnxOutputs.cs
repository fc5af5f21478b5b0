using Microsoft.ML.OnnxRuntime;

namespace ForensicHeads.Media.Models;

/// <summary>What a run of a network gave, in the runtime's memory.</summary>
public sealed class OnnxOutputs : IDisposable
{
    private readonly OnnxSession session;
    private readonly IDisposableReadOnlyCollection<OrtValue> values;

    internal OnnxOutputs(OnnxSession session, IDisposableReadOnlyCollection<OrtValue> values) =>
        (this.session, this.values) = (session, values);

    /// <summary>The values of an output, row by row; gone with this object.</summary>
    /// <param name="output">Its number, from 0.</param>
    /// <param name="length">How many values it must have.</param>
    /// <exception cref="UserErrorException">It has another number of values, or none of float32.</exception>
    public ReadOnlySpan<float> Take(int output, int length)
    {
        try
        {
            var found = values[output].GetTensorDataAsSpan<float>();
            return found.Length == length ? found
                : throw session.Refusal($"gives {found.Length} numbers where {length} were expected");
        }
        catch (OnnxRuntimeException error)
        {
            throw session.Refusal("gives no numbers of 32 bits", error);
        }
    }

    /// <summary>How many values an output has.</summary>
    /// <param name="output">Its number, from 0.</param>
    public long Length(int output) => values[output].GetTensorTypeAndShape().ElementCount;

    /// <inheritdoc/>
    public void Dispose() => values.Dispose();
}
