using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Neural.Training;

/// <summary>The one loop of every training: a look at the cancellation before each step, a dispose scope around it.</summary>
public static class TrainingLoop
{
    /// <summary>Runs steps.</summary>
    /// <param name="first">The first step: 0, or where a resumed training stands.</param>
    /// <param name="steps">The step after the last.</param>
    /// <param name="step">Takes its number; tensors made in it live to its end.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static void Run(int first, int steps, Action<int> step, CancellationToken cancellation)
    {
        for (var i = first; i < steps; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            step(i);
        }
    }

    /// <summary>Brings one loss down by Adam, at rates that follow <see cref="RateSchedule.RiseThenCosine"/>.</summary>
    /// <param name="target">What learns, a leaf with gradient.</param>
    /// <param name="steps">Updates.</param>
    /// <param name="rate">The highest learning rate.</param>
    /// <param name="loss">The loss of a step (from 0), a scalar.</param>
    /// <param name="after">Told the step (from 1) and its loss, once the step's tensors are gone: of many steps at once where a look at
    /// the device would be waited for.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    /// <param name="isRead">After which steps (from 1) all that was computed is told; null where it may wait.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static void Descend(Tensor target, int steps, double rate, Func<int, Tensor> loss, Action<int, double>? after,
        CancellationToken cancellation, Func<int, bool>? isRead = null)
    {
        using var adam = new Adam(target, new AdamOptions(rate, Beta1: 0.9, Epsilon: 1e-8));
        using var unread = new UnreadSteps<int>((step, numbers) => after?.Invoke(step, numbers[0]));
        Run(0, steps, step =>
        {
            Update(step);
            step++;
            if (step == steps || UnreadSteps.IsDue(step, target.device) || isRead?.Invoke(step) == true) unread.Read();
        }, cancellation);

        void Update(int step)
        {
            using var scope = NewDisposeScope();
            var found = loss(step);
            found.backward();
            adam.Step(rate * RateSchedule.RiseThenCosine(step, steps));
            unread.Add(step + 1, [found]);
        }
    }
}
