using System.Runtime.ExceptionServices;

namespace ForensicHeads.Foundation;

/// <summary>A loop on all cores. What ends it comes out as it was thrown, not wrapped.</summary>
public static class ParallelLoop
{
    /// <summary>Runs <paramref name="body"/> for 0 … <paramref name="count"/> − 1, side by side and in any order.</summary>
    /// <param name="count">How many times, at least 0.</param>
    /// <param name="body">Called from several threads at once.</param>
    /// <param name="cancellation">Stops between two calls.</param>
    /// <exception cref="UserErrorException">A call threw one; where several calls failed at once, a user error goes before whatever else
    /// they threw.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static void Run(int count, Action<int> body, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentNullException.ThrowIfNull(body);
        try
        {
            Parallel.For(0, count,
                new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, body);
        }
        catch (AggregateException several)
        {
            var errors = several.Flatten().InnerExceptions;
            ExceptionDispatchInfo.Throw(errors.OfType<UserErrorException>().FirstOrDefault() ?? errors[0]);
        }
    }
}
