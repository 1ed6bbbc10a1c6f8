// Whose session ended in the middle of their work, and who came back to it: what was refused meanwhile is asked again.
import { ref } from 'vue'
import { ApiProblem } from '@/api/client'

/** How often somebody came back to their page. */
export const returns = ref(0)

/** Whether something was refused because nobody is signed in any more. */
export const wasSignedOut = (problem: unknown): boolean => problem instanceof ApiProblem && problem.status === 401 && problem.type !== 'sign-in-failed'
